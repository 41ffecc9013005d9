#include "events/detail/target_log.hpp"

#include "events/redacted.hpp"
#include "events/detail/formats.hpp"
#include "events/event_names.hpp"

#include <atomic>
#include <cstdlib>

#include <sys/stat.h>
#include <unistd.h>

namespace ulak::events {
namespace {

constexpr char journal_socket[] = "/run/systemd/journal/socket";

class target_log : public log_sink {
  public:
    target_log(std::unique_ptr<log_target> t, format f, level least)
        : format_(f),
          coloured_(t->coloured() && std::getenv("NO_COLOR") == nullptr),
          least_(least),
          outlet_(std::move(t), [this](std::uint64_t count) { return dropped_record(count); })
    {}

    void publish(const event& e) override
    {
        if (e.severity < least_)
            return;
        last_event_time_ = e.time;
        outlet_.write(record(redacted(e)));
    }
    std::uint64_t dropped() const override { return outlet_.dropped(); }
    void set_level(level least) override { least_ = least; }
    void reopen() override { outlet_.reopen(); }

  private:
    std::string record(const event& e) const
    {
        if (format_ == format::journald)
            return to_journal_record(e);
        return format_ == format::text ? to_text_line(e, coloured_) : to_json_line(e);
    }

    std::string dropped_record(std::uint64_t count) const
    {
        event e(log_dropped, level::warning, std::to_string(count) + " lines of the log were dropped");
        e.time = last_event_time_;
        e.data["dropped"] = count;
        return record(e);
    }

    format format_;
    bool coloured_;
    std::atomic<level> least_;
    std::atomic<wall_point> last_event_time_{}; ///< sinks have no clock; the outlet's thread reads it too
    buffered_writer outlet_;
};

format choose_format(format f)
{
    if (f != format::automatic)
        return f;
    if (is_journal_stream(STDERR_FILENO, std::getenv("JOURNAL_STREAM")))
        return format::journald;
    return ::isatty(STDERR_FILENO) == 1 ? format::text : format::json;
}

} // namespace

bool is_journal_stream(int fd, const char* journal_stream)
{
    struct stat seen = {};
    if (journal_stream == nullptr || ::fstat(fd, &seen) != 0)
        return false;
    return std::to_string(seen.st_dev) + ':' + std::to_string(seen.st_ino) == journal_stream;
}

std::unique_ptr<log_sink> make_target_log(std::unique_ptr<log_target> t, format f, level least)
{
    return std::make_unique<target_log>(std::move(t), f, least);
}

std::unique_ptr<log_sink> make_log_sink(format f, level least, const std::string& path)
{
    if (path.empty()) {
        const auto chosen = choose_format(f);
        if (chosen == format::journald)
            return make_target_log(make_journal_target(journal_socket), chosen, least);
        return make_target_log(make_fd_target(STDERR_FILENO), chosen, least);
    }
    const auto chosen = f == format::text ? f : format::json;
    if (auto file = make_file_target(path))
        return make_target_log(std::move(file), chosen, least);
    auto instead = make_target_log(make_fd_target(STDERR_FILENO), chosen, least);
    event e(config_rejected, level::error, "the log file " + path + " cannot be opened; the log goes to stderr");
    e.time = to_wall(std::chrono::system_clock::now());
    instead->publish(e);
    return instead;
}

} // namespace ulak::events
