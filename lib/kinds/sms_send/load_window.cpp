#include "kinds/sms_send/load_window.hpp"

#include "core/file_fence.hpp"
#include "core/text.hpp"
#include "job/days_off.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

namespace ulak::kinds::sms {
namespace {

namespace fs = std::filesystem;

/// Of a file of days: some thirty thousand days with a word beside each.
constexpr std::size_t longest_days_file = 1024UL * 1024;

/// Days and spans begin with a digit, and no word of ours has a dot or a slash.
bool names_a_file(std::string_view entry)
{
    return entry.find('/') != std::string_view::npos ||
           (!entry.empty() && (entry.front() < '0' || entry.front() > '9') &&
            entry.find('.') != std::string_view::npos);
}

result<std::string> read_days_file(const std::string& path, const file_fence& fence)
{
    const file_descriptor file = open_fenced(path, fence);
    struct stat about{};
    if (!file || ::fstat(file.get(), &about) != 0)
        return error(errc::not_found, "cannot open " + path + ": " + std::strerror(errno));
    if (!S_ISREG(about.st_mode))
        return error(errc::invalid_argument, path + " is no file of days");
    std::string text(longest_days_file + 1, '\0');
    std::size_t held = 0;
    while (held < text.size()) {
        const ssize_t n = ::read(file.get(), text.data() + held, text.size() - held);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return error(errc::invalid_argument, "cannot read " + path + ": " + std::strerror(errno));
        if (n == 0)
            break;
        held += static_cast<std::size_t>(n);
    }
    if (held > longest_days_file)
        return error(errc::invalid_argument, path + " is too long for a file of days: 1 MiB at most");
    text.resize(held);
    return text;
}

/// Relative to the job's file and below the configuration folder, unless absolute; never among the secrets.
result<std::string> days_file(const checker& check, const fs::path& given)
{
    std::error_code no_folder; // a current folder that is gone leaves a path as it is
    const fs::path root = fs::absolute(check.context().config_dir, no_folder).lexically_normal();
    file_fence fence;
    fence.never_in = secret_folders(root.string());
    if (given.is_absolute())
        return read_days_file(given.string(), fence);
    const fs::path job = check.file().file.empty() ? root : fs::absolute(check.file().file, no_folder).parent_path();
    fence.below = root.string();
    return read_days_file((job / given).lexically_normal().string(), fence);
}

/// One entry of `not_on`: a day, a span, `holidays-tr` or a file of days.
result<void> add_days(const checker& check, const std::string& entry, job::days_off& days)
{
    if (!names_a_file(entry))
        return days.add(entry);
    auto text = days_file(check, fs::path(entry));
    if (!text)
        return text.error();
    if (auto added = days.add_lines(*text); !added)
        return error(errc::invalid_argument, entry + ", " + added.error().message);
    return {};
}

void read_days_off(checker& check, const yaml::reader& r, job::window& w)
{
    if (!r.has("not_on"))
        return;
    job::days_off days;
    std::size_t at = 0;
    for (const std::string& entry : r.texts("not_on")) {
        const auto where = r.place_of_item("not_on", at++);
        if (auto added = add_days(check, entry, days); !added)
            check.error_at(r, where, codes::bad_window, added.error().message,
                           "[holidays-tr, 2027-03-09, 2027-03-09..2027-03-11, 12-31, days-off.txt]");
    }
    w.not_on = std::make_shared<const job::days_off>(std::move(days));
}

/// A commercial message keeps to the window also where the file names none: the keys' defaults hold.
void read_window(checker& check, const yaml::reader& own, settings& s)
{
    if (!own.has("window") && !s.message.commercial)
        return;
    const yaml::reader r = own.record("window");
    job::window w;
    w.zone = check.context().zone;
    auto from = job::parse_time_of_day(r.text("from"));
    auto to = job::parse_time_of_day(r.text("to"));
    if (!from)
        check.error(r, "from", codes::bad_window, from.error().message);
    if (!to)
        check.error(r, "to", codes::bad_window, to.error().message);
    if (const auto names = r.texts("days"); !names.empty()) {
        auto days = job::parse_days(names);
        if (!days)
            check.error(r, "days", codes::bad_window, days.error().message);
        else
            w.days = *days;
    }
    read_days_off(check, r, w);
    if (!from || !to)
        return;
    w.from = *from;
    w.to = *to;
    if (w.from == w.to || !w.next_open(from_unix_ms(0)))
        return check.error_at(own, own.place_of("window"), codes::bad_window, "this window never opens");
    s.window = w;
}

} // namespace

void read_times(checker& check, const yaml::reader& own, settings& s)
{
    read_window(check, own, s);
    if (own.has("give_up_after"))
        s.give_up_after = own.duration("give_up_after");
    if (!own.has("send_until"))
        return;
    auto last = job::parse_until(own.text("send_until"), check.context().zone);
    if (last)
        s.send_until = std::move(*last);
    else
        check.error(own, "send_until", codes::bad_window, last.error().message);
}

} // namespace ulak::kinds::sms
