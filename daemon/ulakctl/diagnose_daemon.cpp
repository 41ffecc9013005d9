#include "ulakctl/diagnose_daemon.hpp"

#include "core/text.hpp"
#include "http/message.hpp"
#include "providers/registry.hpp"
#include "ulakctl/cells.hpp"
#include "ulakctl/query.hpp"

#include <boost/json/array.hpp>
#include <fmt/core.h>

#include <netdb.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <memory>
#include <set>

namespace ulak::ctl {

namespace json = boost::json;

namespace {

using state = check_result::severity;
using clock = std::chrono::steady_clock;

/// A name server that takes longer eats a part of every call's patience.
constexpr std::chrono::milliseconds slow_lookup{1000};

std::int64_t ms_since(clock::time_point begin)
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(clock::now() - begin).count();
}

void diagnose_socket_file(const std::string& path, check_results& all)
{
    struct stat about = {};
    if (::stat(path.c_str(), &about) != 0)
        all.push_back({"socket", state::failed, path + ": " + std::strerror(errno), "systemctl start ulakd.socket"});
    else if (!S_ISSOCK(about.st_mode))
        all.push_back({"socket", state::failed, path + " is no socket", "move it away"});
    else if ((about.st_mode & 006) != 0)
        all.push_back({"socket", state::failed, path + " is open to everybody: anyone may spend", "chmod 660 " + path});
    else if (::access(path.c_str(), W_OK) != 0)
        all.push_back({"socket", state::warning, path + " is not for you", "join its group: usermod -aG ulak NAME"});
    else
        all.push_back({"socket", state::ok, path, {}});
}

std::string host_of(const providers::account_settings& account)
{
    const auto* row = providers::find_protocol(account.provider);
    const auto where = http::origin::parse(account.base_url.empty() && row ? row->base_url : account.base_url);
    return where ? where->host : std::string();
}

void diagnose_host(const std::string& host, check_results& all)
{
    const auto begin = clock::now();
    addrinfo wanted = {};
    wanted.ai_socktype = SOCK_STREAM;
    addrinfo* got = nullptr;
    const int failed = ::getaddrinfo(host.c_str(), "443", &wanted, &got);
    const std::unique_ptr<addrinfo, void (*)(addrinfo*)> owner(got, [](addrinfo* a) {
        if (a)
            ::freeaddrinfo(a);
    });
    std::size_t addresses = 0;
    for (const addrinfo* a = got; a; a = a->ai_next)
        ++addresses;
    const std::int64_t took = ms_since(begin);
    if (failed)
        all.push_back({"dns", state::failed, fmt::format("{}: {}", host, ::gai_strerror(failed)),
                       "look at /etc/resolv.conf and the network"});
    else
        all.push_back({"dns",
                       took > slow_lookup.count() ? state::warning : state::ok,
                       fmt::format("{}: {} addresses in {} ms", host, addresses, took),
                       {}});
}

const char* remedy_for(std::string_view code)
{
    if (code == "auth")
        return "the credentials are refused: put the right secret into its file, then restart ulakd";
    if (code == "tls_failed")
        return "the provider's certificate is not trusted: apt-get install ca-certificates, or set ca_file";
    if (code == "resolve_failed" || code == "connect_failed" || code == "timed_out")
        return "the provider cannot be reached from this machine: network, firewall or proxy";
    return "the provider's own panel may say more";
}

void diagnose_account(cli_context& s, const std::string& name, check_results& all)
{
    const auto begin = clock::now();
    auto read = s.daemon.get("/v1/accounts/" + path_segment(name) + "/balance");
    if (!read) {
        const error& e = read.error();
        all.push_back({"account", state::failed, name + ": " + e.message, remedy_for(e.provider_code)});
        return;
    }
    const json::object& o = read->as_object();
    all.push_back({"account",
                   state::ok,
                   fmt::format("{}: {} {} in {} ms", name, cell(o, "balance"), cell(o, "unit"), ms_since(begin)),
                   {}});
}

} // namespace

bool diagnose_sockets(cli_context& s, const daemon::settings& settings, check_results& all)
{
    const std::string& path = s.daemon.socket();
    diagnose_socket_file(path, all);
    if (!settings.socket.empty() && settings.socket != path)
        all.push_back({"socket", state::warning, "ulak.yaml names another one: " + settings.socket,
                       "ulakctl --socket " + settings.socket});
    auto status = s.daemon.get("/v1/status");
    if (!status) {
        all.push_back({"daemon", state::failed, "no daemon answers at " + path, "systemctl start ulakd"});
        return false;
    }
    const json::object& o = status->as_object();
    const std::string version = cell(o, "version");
    if (version != ULAK_VERSION)
        all.push_back({"daemon", state::warning, "ulakd is " + version + ", ulakctl is " ULAK_VERSION,
                       "systemctl restart ulakd"});
    else
        all.push_back({"daemon", state::ok, "ulakd " + version + ", up " + cell(o, "uptime"), {}});
    if (const auto trouble = store_problem(o); !trouble.empty())
        all.push_back({"store", state::failed, trouble, {}});
    else
        all.push_back({"store", state::ok, "it takes what is written", {}});
    if (const auto trouble = clock_problem(o); !trouble.empty())
        all.push_back(
            {"clock", state::failed, trouble, "compare `date` with another clock, then: ulakctl clock confirm"});
    if (const auto open = o.at("attention").to_number<std::size_t>(); open > 0)
        all.push_back(
            {"attention", state::warning, counted(open, "matter") + " for a person to settle", "ulakctl attention"});
    return true;
}

void diagnose_names(const daemon::settings& settings, check_results& all)
{
    std::set<std::string> hosts;
    for (const providers::account_settings& account : settings.accounts)
        if (const std::string host = host_of(account); !host.empty())
            hosts.insert(host);
    for (const std::string& host : hosts)
        diagnose_host(host, all);
}

void diagnose_accounts(cli_context& s, const daemon::settings& settings, bool daemon_there, bool offline,
                       check_results& all)
{
    if (!daemon_there || offline) {
        all.push_back({"account",
                       state::skipped,
                       fmt::format("{} not asked{}", settings.accounts.size(), offline ? "" : ": no daemon answers"),
                       {}});
        return;
    }
    auto known = s.daemon.get("/v1/accounts");
    if (!known) {
        all.push_back({"account", state::failed, known.error().message, {}});
        return;
    }
    for (const json::value& v : known->at("accounts").as_array())
        diagnose_account(s, cell(v.as_object(), "account"), all);
}

} // namespace ulak::ctl
