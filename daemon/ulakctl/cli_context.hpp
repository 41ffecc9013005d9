// One call of ulakctl: where the daemon is, how to speak, what was asked.
#pragma once

#include "ulakctl/daemon_client.hpp"
#include "ulakctl/screen.hpp"

#include <boost/json/value.hpp>

#include <string>
#include <vector>

namespace ulak::ctl {

/// Part of the outer contract.
enum exit_code {
    exit_ok = 0,
    exit_run_failed = 1,
    exit_usage = 2,
    exit_no_daemon = 3,
    exit_problems = 4,
    exit_policy = 5,
    exit_attention = 6,
    exit_wait_timeout = 7
};

/// Everything that a command line may say; each command takes its share.
struct arguments {
    std::vector<std::string> names{}; ///< positional
    std::vector<std::string> params{};
    std::string account{}, service{}, network{}, max_price{};
    std::string wait{}, key{}, from{}, state{}, job{}, run{}, by = "job", reason{}, config = "/etc/ulak/ulak.yaml";
    int count = 0;
    long long after = 0;
    bool waiting = false, follow = false, items = false, dry_run = false, all = false, literal_secrets = false;
    bool simulated = false, offline = false;
};

class cli_context {
  public:
    cli_context(std::string socket, std::string form, bool quiet)
        : daemon(std::move(socket)), format_(std::move(form)), quiet_(quiet), out(detect_output())
    {}

    daemon_client daemon;

    bool json() const noexcept { return format_ == "json"; }
    bool sarif() const noexcept { return format_ == "sarif"; } ///< of `check` alone
    bool quiet() const noexcept { return quiet_; }

    /// Says what went wrong and what to do, on standard error; the exit code that fits.
    int fail(const error& e) const;
    /// With -o json the answer as it came, and true: nothing more to show.
    bool show_json(const boost::json::value& v) const;
    void print(std::string_view text) const;

  private:
    std::string format_;
    bool quiet_;

  public:
    screen out;
};

/// The exit code of a run that is final.
int run_exit_code(const boost::json::object& run);

} // namespace ulak::ctl
