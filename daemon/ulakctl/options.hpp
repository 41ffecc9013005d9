// The words that each command takes beside its name, for the table of commands.
#pragma once

#include "ulakctl/cli_context.hpp"

namespace CLI {
class App;
}

namespace ulak::ctl {

/// Words that several commands share.
void one_name(CLI::App& app, arguments& a);
void maybe_name(CLI::App& app, arguments& a);
/// One command's own.
void for_run(CLI::App& app, arguments& a);
void for_plan(CLI::App& app, arguments& a);
void for_wait(CLI::App& app, arguments& a);
void for_cancel(CLI::App& app, arguments& a);
void for_runs(CLI::App& app, arguments& a);
void for_show(CLI::App& app, arguments& a);
void for_otp(CLI::App& app, arguments& a);
void for_next(CLI::App& app, arguments& a);
void for_attention(CLI::App& app, arguments& a);
void for_resolve(CLI::App& app, arguments& a);
void for_spend(CLI::App& app, arguments& a);
void for_events(CLI::App& app, arguments& a);
void for_logs(CLI::App& app, arguments& a);
void for_reload(CLI::App& app, arguments& a);
void for_suppress(CLI::App& app, arguments& a);
void for_check(CLI::App& app, arguments& a);
void for_schema(CLI::App& app, arguments& a);
void for_report(CLI::App& app, arguments& a);
void for_doctor(CLI::App& app, arguments& a);
void for_completion(CLI::App& app, arguments& a);

} // namespace ulak::ctl
