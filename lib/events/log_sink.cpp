#include "events/log_sink.hpp"

#include "events/detail/buffered_writer.hpp"
#include "events/detail/fd_target.hpp"
#include "events/detail/file_target.hpp"
#include "events/detail/journal_format.hpp"
#include "events/detail/journal_target.hpp"
#include "events/detail/text_format.hpp"
#include "events/event_names.hpp"
#include "events/redacted.hpp"

#include <cstdlib>

#include <unistd.h>

namespace ulak::events {
namespace {

constexpr char journal_socket[] = "/run/systemd/journal/socket";

format choose_format(format f)
{
    if (f != format::automatic)
        return f;
    if (is_journal_stream(STDERR_FILENO, std::getenv("JOURNAL_STREAM")))
        return format::journald;
    return ::isatty(STDERR_FILENO) == 1 ? format::text : format::json;
}

} // namespace

log_sink::log_sink(std::unique_ptr<log_target> target, format f, level least)
    : format_(f),
      coloured_(target->coloured() && std::getenv("NO_COLOR") == nullptr),
      least_(least),
      writer_(std::make_unique<buffered_writer>(std::move(target),
                                                [this](std::uint64_t count) { return dropped_record(count); }))
{}

log_sink::~log_sink() = default; // here, where the writer's type is complete

void log_sink::publish(const event& e)
{
    if (e.severity < least_)
        return;
    last_event_time_ = e.time;
    writer_->write(record(redacted(e)));
}

std::uint64_t log_sink::dropped() const
{
    return writer_->dropped();
}

void log_sink::set_level(level least)
{
    least_ = least;
}

void log_sink::reopen()
{
    writer_->reopen();
}

std::string log_sink::record(const event& e) const
{
    if (format_ == format::journald)
        return to_journal_record(e);
    return format_ == format::text ? to_text_line(e, coloured_) : to_json_line(e);
}

std::string log_sink::dropped_record(std::uint64_t count) const
{
    event e(log_dropped, level::warning, std::to_string(count) + " lines of the log were dropped");
    e.time = last_event_time_;
    e.data["dropped"] = count;
    return record(e);
}

std::unique_ptr<log_sink> make_log_sink(format f, level least, const std::string& path)
{
    if (path.empty()) {
        const auto chosen = choose_format(f);
        if (chosen == format::journald)
            return std::make_unique<log_sink>(make_journal_target(journal_socket), chosen, least);
        return std::make_unique<log_sink>(make_fd_target(STDERR_FILENO), chosen, least);
    }
    const auto chosen = f == format::text ? f : format::json;
    if (auto file = make_file_target(path))
        return std::make_unique<log_sink>(std::move(file), chosen, least);
    auto instead = std::make_unique<log_sink>(make_fd_target(STDERR_FILENO), chosen, least);
    event e(config_rejected, level::error, "the log file " + path + " cannot be opened; the log goes to stderr");
    e.time = to_wall(std::chrono::system_clock::now());
    instead->publish(e);
    return instead;
}

} // namespace ulak::events
