#include "ulakctl/check_results.hpp"

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

tone severity_tone(check_result::severity how)
{
    return how == check_result::severity::ok        ? tone::good
           : how == check_result::severity::failed  ? tone::bad
           : how == check_result::severity::warning ? tone::warn
                                                    : tone::faint;
}

} // namespace

bool has_failures(const check_results& all)
{
    const auto failed = [](const check_result& r) { return r.level == check_result::severity::failed; };
    return std::any_of(all.begin(), all.end(), failed);
}

void print_result(const cli_context& s, const check_result& f)
{
    s.print(fmt::format("{}  {:<10} {}\n",
                        paint(s.out, severity_tone(f.level), fmt::format("{:<4}", severity_text(f.level))), f.check,
                        f.detail));
    if (!f.remedy.empty())
        s.print(fmt::format("      {:<10} {}\n", "", f.remedy));
}

json::array json_of(const check_results& all)
{
    json::array out;
    for (const check_result& f : all)
        out.push_back(json::object{
            {"check", f.check}, {"state", severity_text(f.level)}, {"seen", f.detail}, {"remedy", f.remedy}});
    return out;
}

} // namespace ulak::ctl
