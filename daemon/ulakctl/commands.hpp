// What ulakctl can do, one row a command.
#pragma once

#include "ulakctl/cli_context.hpp"

#include <boost/json/array.hpp>

#include <span>
#include <string_view>

namespace CLI {
class App;
}

namespace ulak::ctl {

struct command {
    std::string_view name;
    std::string_view help;
    std::string_view examples;
    void (*declare)(CLI::App& app, arguments& a); ///< its own options; nullptr: none
    int (*run)(cli_context& s, const arguments& a);
    std::string_view completes = {}; ///< what its names are: job, run, account, entry, file, or the words themselves
    bool hidden = false;
};

std::span<const command> commands();
const command* find_command(std::string_view name);

/// Adds the command below `app`, with its options and examples.
CLI::App* declare(CLI::App& app, const command& c, arguments& a);

// look.cpp
/// As `check` prints them: place, line, caret, hint.
void print_problems(const cli_context& s, const boost::json::array& problems);
int show_status(cli_context& s, const arguments& a);
int show_health(cli_context& s, const arguments& a);
int show_jobs(cli_context& s, const arguments& a);
int show_job(cli_context& s, const arguments& a);
int show_next(cli_context& s, const arguments& a);
int show_plan(cli_context& s, const arguments& a);

// runs.cpp
int start_run(cli_context& s, const arguments& a);
int wait_for_run(cli_context& s, const arguments& a);
int list_runs(cli_context& s, const arguments& a);
int show_run(cli_context& s, const arguments& a);
int cancel_run(cli_context& s, const arguments& a);

// acquire.cpp
int acquire_code(cli_context& s, const arguments& a);

// report.cpp
int report_run(cli_context& s, const arguments& a);
/// Every recipient of a run, in their order; only those in `states` if it is not empty.
result<boost::json::array> all_items(cli_context& s, const std::string& run, const std::string& states);

// simulated_run.cpp
int run_simulated(cli_context& s, const arguments& a);

// top.cpp
int show_top(cli_context& s, const arguments& a);

// doctor.cpp
int run_doctor(cli_context& s, const arguments& a);

// completion.cpp
int show_completion(cli_context& s, const arguments& a);
int show_names(cli_context& s, const arguments& a);

// manual.cpp
int show_manual(cli_context& s, const arguments& a);

// schema.cpp
int show_schema(cli_context& s, const arguments& a);

// money.cpp
int show_attention(cli_context& s, const arguments& a);
int resolve_entry(cli_context& s, const arguments& a);
int show_balance(cli_context& s, const arguments& a);
int show_services(cli_context& s, const arguments& a);
int show_spend(cli_context& s, const arguments& a);

// manage.cpp
int pause_job(cli_context& s, const arguments& a);
int resume_job(cli_context& s, const arguments& a);
int adopt_folder(cli_context& s, const arguments& a);
int reload_files(cli_context& s, const arguments& a);
int change_suppressions(cli_context& s, const arguments& a);

// feed.cpp
int show_events(cli_context& s, const arguments& a);
int show_logs(cli_context& s, const arguments& a);

// files.cpp
int check_files(cli_context& s, const arguments& a);
int show_version(cli_context& s, const arguments& a);

} // namespace ulak::ctl
