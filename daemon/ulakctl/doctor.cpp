#include "ulakctl/doctor.hpp"

#include "ulakctl/check_results.hpp"
#include "ulakctl/diagnose_daemon.hpp"
#include "ulakctl/diagnose_machine.hpp"

namespace ulak::ctl {

namespace json = boost::json;

int run_doctor(cli_context& s, const arguments& a)
{
    check_results all;
    const daemon::settings settings = diagnose_files(a, all);
    diagnose_clock(all);
    diagnose_secrets(settings, all);
    diagnose_disk(settings, all);
    const bool daemon_there = diagnose_sockets(s, settings, all);
    if (!a.offline)
        diagnose_names(settings, all);
    diagnose_accounts(s, settings, daemon_there, a.offline, all);
    const int code = has_failures(all) ? exit_run_failed : exit_ok;
    if (s.show_json(json::object{{"checks", json_of(all)}}))
        return code;
    for (const check_result& r : all)
        if (!s.quiet() || r.level == check_result::severity::failed)
            print_result(s, r);
    return code;
}

} // namespace ulak::ctl
