// `ulakctl doctor`: everything around the daemon that could make a run fail, looked at before one does.
#include "ulakctl/checkup.hpp"
#include "ulakctl/commands.hpp"

#include <boost/json/array.hpp>
#include <fmt/core.h>

#include <algorithm>

namespace ulak::ctl {

namespace json = boost::json;

namespace {

const char* severity_text(check_result::severity how)
{
    switch (how) {
    case check_result::severity::ok: return "ok";
    case check_result::severity::skipped: return "-";
    case check_result::severity::warning: return "warn";
    case check_result::severity::failed: return "FAIL";
    }
    return "";
}

tone tone_of(check_result::severity how)
{
    return how == check_result::severity::ok       ? tone::good
           : how == check_result::severity::failed      ? tone::bad
           : how == check_result::severity::warning ? tone::warn
                                             : tone::faint;
}

void print(const cli_context& s, const check_result& f)
{
    s.print(fmt::format("{}  {:<10} {}\n", paint(s.out, tone_of(f.level), fmt::format("{:<4}", severity_text(f.level))), f.check,
                        f.detail));
    if (!f.remedy.empty())
        s.print(fmt::format("      {:<10} {}\n", "", f.remedy));
}

json::array json_of(const check_results& all)
{
    json::array out;
    for (const check_result& f : all)
        out.push_back(json::object{{"check", f.check}, {"state", severity_text(f.level)}, {"seen", f.detail}, {"remedy", f.remedy}});
    return out;
}

} // namespace

int run_doctor(cli_context& s, const arguments& a)
{
    check_results all;
    const daemon::settings around = diagnose_files(a, all);
    diagnose_clock(all);
    diagnose_secrets(around, all);
    diagnose_disk(around, all);
    const bool daemon_there = diagnose_sockets(s, around, all);
    if (!a.offline)
        diagnose_names(around, all);
    diagnose_accounts(s, around, daemon_there, a.offline, all);
    const bool bad = std::any_of(all.begin(), all.end(), [](const check_result& f) { return f.level == check_result::severity::failed; });
    if (s.show_json(json::object{{"checks", json_of(all)}}))
        return bad ? exit_run_failed : exit_ok;
    for (const check_result& f : all)
        if (!s.quiet() || f.level == check_result::severity::failed)
            print(s, f);
    return bad ? exit_run_failed : exit_ok;
}

} // namespace ulak::ctl
