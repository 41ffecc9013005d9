#include "ulakctl/file_commands.hpp"

#include "ulakd/check.hpp"
#include "ulakd/sarif.hpp"

namespace ulak::ctl {

int check_files(cli_context& s, const arguments& a)
{
    const auto report = daemon::check_files(a.config, a.names, a.literal_secrets);
    const bool bad = yaml::has_errors(report.problems);
    const std::string text = s.sarif()  ? daemon::check_sarif(report)
                             : s.json() ? daemon::check_json(report)
                                        : daemon::check_text(report, s.out.colour);
    if (!s.quiet() || bad)
        s.print(text);
    return bad ? exit_problems : exit_ok;
}

int show_version(cli_context& s, const arguments&)
{
    if (!s.show_json(boost::json::object{{"version", ULAK_VERSION}}))
        s.print("ulakctl " ULAK_VERSION "\n");
    return exit_ok;
}

} // namespace ulak::ctl
