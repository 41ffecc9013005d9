// The options and positional arguments of each command, as tables. The command line is read by them, and completion
// and manual pages are made from them.
#pragma once

#include "ulakctl/arguments.hpp"

#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace ulak::ctl {

/// Where the value of an option goes. A bool is a flag without a value.
using option_target = std::variant<std::string arguments::*, std::vector<std::string> arguments::*, int arguments::*,
                                   long long arguments::*, bool arguments::*>;

/// How many words a positional argument takes.
struct word_count {
    int least = 1, most = 1;
};

struct option_spec {
    std::string_view names; ///< "-p,--param"; without a dash: positional
    option_target target;
    std::string_view help;
    bool required = false;
    word_count count = {};           ///< of a positional
    std::string_view choices = {};   ///< "job account day"; empty: anything
    std::string_view variable = {};  ///< of the environment
    bool shows_default = false;      ///< in the help
    std::string_view completes = {}; ///< what its value may be: job, run, account, seller, file, parameter, or words

    bool is_positional() const noexcept { return !names.starts_with('-'); }
    bool is_flag() const noexcept { return std::holds_alternative<bool arguments::*>(target); }
};

namespace options {

// Rows that several commands share.
inline constexpr option_spec job{"job", &arguments::names, "The job", true};
inline constexpr option_spec run{"run", &arguments::names, "The run's id", true};
inline constexpr option_spec any_name{
    "name", &arguments::names, "A name; all of them if it is not given", false, {0, 1}};
inline constexpr option_spec param{
    "-p,--param", &arguments::params, "A parameter, NAME=VALUE; may be repeated", false, {}, {}, {},
    false,        "parameter"};
inline constexpr option_spec wait{"--wait", &arguments::wait, "Wait for the end; --wait=30s: at most so long"};
inline constexpr option_spec only_job{"--job", &arguments::job, "Only of this job", false, {}, {}, {}, false, "job"};
inline constexpr option_spec follow{"-f,--follow", &arguments::follow, "Go on with what happens"};

constexpr option_spec config(std::string_view help)
{
    return {"--config", &arguments::config, help, false, {}, {}, "ULAK_CONFIG", true, "file"};
}

inline constexpr option_spec for_name[] = {{"name", &arguments::names, "A name or an id", true}};

inline constexpr option_spec for_words[] = {{"words", &arguments::names, "What was written so far", false, {0, 1000}}};

inline constexpr option_spec for_clock[] = {{"action", &arguments::names, "confirm", true, {}, "confirm"}};

inline constexpr option_spec for_any_name[] = {any_name};

inline constexpr option_spec for_adopt[] = {
    {"account", &arguments::names, "An account that changed; without it, the state folder", false, {0, 1}}};

inline constexpr option_spec for_run[] = {
    job,
    param,
    {"--sim", &arguments::simulated,
     "Against the simulator: the real job, but nothing is sent or paid; needs no daemon"},
    config("Configuration file, for --sim"),
    {"--key", &arguments::key, "Idempotency key: a second call with it starts nothing and shows the same run"},
    {"--only", &arguments::only, "Go on with those recipients of an earlier run alone: failed, rejected or unsent"},
    {"--of", &arguments::of, "The earlier run, for --only"},
    wait};

inline constexpr option_spec for_plan[] = {job, param};

inline constexpr option_spec for_wait[] = {run, {"--for", &arguments::wait, "At most so long: 30s, 5m"}};

inline constexpr option_spec for_cancel[] = {run, wait};

inline constexpr option_spec for_runs[] = {only_job,
                                           {"--state",
                                            &arguments::state,
                                            "Only in these states: running,failed",
                                            false,
                                            {},
                                            {},
                                            {},
                                            false,
                                            "queued running paused succeeded failed cancelled attention"},
                                           {"-n,--limit", &arguments::count, "At most so many (20)"}};

inline constexpr option_spec for_show[] = {
    run,
    {"--items", &arguments::items, "With every recipient"},
    {"--state",
     &arguments::state,
     "Only recipients in these states",
     false,
     {},
     {},
     {},
     false,
     "pending skipped submitting submitted delivered undelivered rejected ambiguous"}};

inline constexpr option_spec for_otp[] = {
    {"--account", &arguments::account, "An account that sells numbers", true, {}, {}, {}, false, "seller"},
    {"--service", &arguments::service, "The provider's id of the service; `ulakctl services ACCOUNT` lists them", true},
    {"--operator", &arguments::network, "The operator's name, where the provider lets one choose"},
    {"--max-price", &arguments::max_price, "At most this: 12 TRY; else the price that the provider lists now"},
    {"--length", &arguments::count, "Fill the code up with zeros on the left: some providers answer 12345 for 012345"},
    {"--for", &arguments::wait, "Wait so long for the code, then give the number back (4m)"},
    {"--key", &arguments::key, "Idempotency key: a second call with it buys nothing and shows the same run"}};

inline constexpr option_spec for_next[] = {any_name,
                                           {"--from", &arguments::from, "Begin at this time: 2026-12-01T00:00:00Z"},
                                           {"-n", &arguments::count, "So many firings (5)"}};

inline constexpr option_spec for_attention[] = {{"--all", &arguments::all, "With those that are settled"}};

inline constexpr option_spec for_resolve[] = {
    {"id", &arguments::names, "The entry's id and its outcome: done, not-done or write-off", true, {2, 2}}};

inline constexpr option_spec for_spend[] = {
    {"--by", &arguments::by, "job, account or day", false, {}, "job account day"}};

inline constexpr option_spec for_events[] = {
    follow, {"--after", &arguments::after, "Only events after this seq"}, only_job};

inline constexpr option_spec for_logs[] = {
    follow,
    {"-n,--lines", &arguments::count, "At most so many, the newest"},
    only_job,
    {"--run", &arguments::run, "Only of this run", false, {}, {}, {}, false, "run"}};

inline constexpr option_spec for_reload[] = {{"--dry-run", &arguments::dry_run, "Only say what would change"}};

inline constexpr option_spec for_suppress[] = {
    {"action", &arguments::names, "add NUMBER…, rm NUMBER…, list, import FILE", true, {1, 1000}},
    {"--reason", &arguments::reason, "Why they are added"}};

inline constexpr option_spec for_check[] = {
    {"files", &arguments::names, "Job files; all of the jobs folder if none is given", false, {0, 10000}},
    config("Configuration file"),
    {"--allow-literal-secrets", &arguments::literal_secrets, "As ulakd takes it"}};

inline constexpr option_spec for_schema[] = {
    {"what", &arguments::names,
     "job or config for the whole schema; a key such as schedule.missed to have it explained", true}};

inline constexpr option_spec for_report[] = {run};

inline constexpr option_spec for_doctor[] = {config("Configuration file"),
                                             {"--offline", &arguments::offline, "Ask no provider and no name server"}};

inline constexpr option_spec for_completion[] = {
    {"shell", &arguments::names, "bash, zsh or fish", true, {}, "bash zsh fish"}};

} // namespace options

} // namespace ulak::ctl
