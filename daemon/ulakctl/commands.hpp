// What ulakctl can do, one row a command.
#pragma once

#include "ulakctl/session.hpp"

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
    bool needs_daemon = true;
};

std::span<const command> commands();

// look.cpp
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

// money.cpp
int show_attention(session& s, const arguments& a);
int resolve_entry(session& s, const arguments& a);
int show_balance(session& s, const arguments& a);
int show_services(session& s, const arguments& a);
int show_spend(session& s, const arguments& a);

// manage.cpp
int pause_job(session& s, const arguments& a);
int resume_job(session& s, const arguments& a);
int reload_files(session& s, const arguments& a);
int change_suppressions(session& s, const arguments& a);

// feed.cpp
int show_events(session& s, const arguments& a);
int show_logs(session& s, const arguments& a);

// files.cpp
int check_files(session& s, const arguments& a);
int show_schema(session& s, const arguments& a);
int show_version(session& s, const arguments& a);
int show_completion(session& s, const arguments& a);

} // namespace ulak::ctl
