// `ulakctl doctor`: everything around the daemon that could make a run fail, looked at before one does.
#include "ulakctl/checkup.hpp"
#include "ulakctl/commands.hpp"

#include <boost/json/array.hpp>
#include <fmt/core.h>

#include <algorithm>

namespace ulak::ctl {

namespace json = boost::json;

namespace {

const char* word(finding::state how)
{
    switch (how) {
    case finding::state::good: return "ok";
    case finding::state::skipped: return "-";
    case finding::state::doubtful: return "warn";
    case finding::state::bad: return "FAIL";
    }
    return "";
}

tone tone_of(finding::state how)
{
    return how == finding::state::good       ? tone::good
           : how == finding::state::bad      ? tone::bad
           : how == finding::state::doubtful ? tone::warn
                                             : tone::faint;
}

void print(const session& s, const finding& f)
{
    s.print(fmt::format("{}  {:<10} {}\n", paint(s.out, tone_of(f.how), fmt::format("{:<4}", word(f.how))), f.what,
                        f.seen));
    if (!f.remedy.empty())
        s.print(fmt::format("      {:<10} {}\n", "", f.remedy));
}

json::array json_of(const findings& all)
{
    json::array out;
    for (const finding& f : all)
        out.push_back(json::object{{"check", f.what}, {"state", word(f.how)}, {"seen", f.seen}, {"remedy", f.remedy}});
    return out;
}

} // namespace

int examine(session& s, const arguments& a)
{
    findings all;
    const daemon::settings around = look_at_files(a, all);
    look_at_clock(all);
    look_at_secrets(around, all);
    look_at_disk(around, all);
    const bool daemon_there = look_at_sockets(s, around, all);
    if (!a.offline)
        look_at_names(around, all);
    look_at_accounts(s, around, daemon_there, a.offline, all);
    const bool bad = std::any_of(all.begin(), all.end(), [](const finding& f) { return f.how == finding::state::bad; });
    if (s.show_json(json::object{{"checks", json_of(all)}}))
        return bad ? exit_run_failed : exit_ok;
    for (const finding& f : all)
        if (!s.quiet() || f.how == finding::state::bad)
            print(s, f);
    return bad ? exit_run_failed : exit_ok;
}

} // namespace ulak::ctl
