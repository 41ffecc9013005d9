#include "ulakctl/bug_report.hpp"

#include "core/file_descriptor.hpp"
#include "core/json_text.hpp"
#include "core/wall_time.hpp"
#include "ulakctl/diagnose_daemon.hpp"
#include "ulakctl/diagnose_machine.hpp"

#include <boost/json/serialize.hpp>
#include <fmt/core.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <fstream>

#include <fcntl.h>
#include <sys/utsname.h>
#include <unistd.h>

namespace ulak::ctl {

namespace json = boost::json;

namespace {

constexpr const char* looked_at[] = {"/v1/status",        "/v1/jobs?limit=1000",     "/v1/accounts",
                                     "/v1/runs?limit=50", "/v1/attention?limit=100", "/v1/spend?by=account",
                                     "/v1/next?n=20"};
constexpr std::chrono::seconds view_timeout(10);

std::string machine()
{
    struct utsname u = {};
    ::uname(&u);
    std::string system;
    std::ifstream release("/etc/os-release");
    for (std::string line; std::getline(release, line);)
        if (line.starts_with("PRETTY_NAME="))
            system = line.substr(line.find('=') + 1);
    return fmt::format("ulakctl {}\n{} {} {}\n{}\n", ULAK_VERSION, u.sysname, u.release, u.machine, system);
}

std::string checks(cli_context& s, const arguments& a, daemon::settings& settings)
{
    check_results all;
    settings = diagnose_files(a, all);
    diagnose_clock(all);
    diagnose_secrets(settings, all);
    diagnose_disk(settings, all);
    diagnose_sockets(s, settings, all);
    std::string text;
    for (const json::value& v : json_of(all))
        text += json::serialize(v) + "\n";
    return text;
}

std::string answers(const std::string& view_socket)
{
    daemon_client view(view_socket);
    std::string text;
    for (const char* target : looked_at) {
        auto got = view.get(target, view_timeout);
        text += fmt::format("== {}\n{}\n", target, got ? json::serialize(*got) : got.error().message);
        if (!got && got.error().code == errc::connect_failed)
            break; // nobody answers the others either
    }
    return text;
}

/// errc::conflict where something has that name.
result<void> make_file(const std::string& name, std::string_view content)
{
    const file_descriptor file(::open(name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600));
    std::size_t written = 0;
    while (file && written < content.size()) {
        const auto n = ::write(file.get(), content.data() + written, content.size() - written);
        if (n < 0)
            break;
        written += static_cast<std::size_t>(n);
    }
    if (!file || written < content.size())
        return error(errc::conflict, name + " cannot be made: " + std::strerror(errno));
    return {};
}

} // namespace

int write_bug_report(cli_context& s, const arguments& a)
{
    const auto now = rfc3339(to_wall(std::chrono::system_clock::now()));
    const auto name = a.names.empty() ? "ulak-bugreport-" + now + ".txt" : a.names.front();
    daemon::settings settings;
    auto text = fmt::format("{}\n{}== checks\n{}", now, machine(), checks(s, a, settings));
    text += answers(settings.view_socket);
    if (auto made = make_file(name, text); !made)
        return s.fail(made.error());
    if (!s.show_json(json::object{{"file", name}}))
        s.print(s.quiet() ? name + "\n" : name + " was made; read it before you give it away\n");
    return exit_ok;
}

} // namespace ulak::ctl
