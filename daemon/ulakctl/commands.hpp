// What ulakctl can do, one row a command.
#pragma once

#include "ulakctl/session.hpp"

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
    int (*run)(session& s, const arguments& a);
    std::string_view completes = {}; ///< what its names are: job, run, account, entry, file, or the words themselves
    bool hidden = false;
};

std::span<const command> commands();
const command* find_command(std::string_view name);

/// Adds the command below `app`, with its options and examples.
CLI::App* declare(CLI::App& app, const command& c, arguments& a);

// look.cpp
/// As `check` prints them: place, line, caret, hint.
void print_problems(const session& s, const boost::json::array& problems);
int show_status(session& s, const arguments& a);
int show_health(session& s, const arguments& a);
int show_jobs(session& s, const arguments& a);
int show_job(session& s, const arguments& a);
int show_next(session& s, const arguments& a);
int show_plan(session& s, const arguments& a);

// runs.cpp
int start_run(session& s, const arguments& a);
int wait_for_run(session& s, const arguments& a);
int list_runs(session& s, const arguments& a);
int show_run(session& s, const arguments& a);
int cancel_run(session& s, const arguments& a);

// acquire.cpp
int acquire_code(session& s, const arguments& a);

// report.cpp
int report_run(session& s, const arguments& a);
/// Every recipient of a run, in their order; only those in `states` if it is not empty.
result<boost::json::array> all_items(session& s, const std::string& run, const std::string& states);

// simulated_run.cpp
int run_simulated(session& s, const arguments& a);

// top.cpp
int show_top(session& s, const arguments& a);

// doctor.cpp
int examine(session& s, const arguments& a);

// completion.cpp
int show_completion(session& s, const arguments& a);
int show_names(session& s, const arguments& a);

// manual.cpp
int show_manual(session& s, const arguments& a);

// schema.cpp
int show_schema(session& s, const arguments& a);

// money.cpp
int show_attention(session& s, const arguments& a);
int resolve_entry(session& s, const arguments& a);
int show_balance(session& s, const arguments& a);
int show_services(session& s, const arguments& a);
int show_spend(session& s, const arguments& a);

// manage.cpp
int pause_job(session& s, const arguments& a);
int resume_job(session& s, const arguments& a);
int adopt_folder(session& s, const arguments& a);
int reload_files(session& s, const arguments& a);
int change_suppressions(session& s, const arguments& a);

// feed.cpp
int show_events(session& s, const arguments& a);
int show_logs(session& s, const arguments& a);

// files.cpp
int check_files(session& s, const arguments& a);
int show_version(session& s, const arguments& a);

} // namespace ulak::ctl
