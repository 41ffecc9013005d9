#include "ulakctl/manual_command.hpp"

#include "ulakctl/manual.hpp"

namespace ulak::ctl {

int show_manual(cli_context& s, const arguments& a)
{
    const std::string& page = a.names.front();
    if (page == "ulakctl.1")
        s.print(ulakctl_page());
    else if (page == "ulakd.8")
        s.print(ulakd_page());
    else if (page == "ulak.yaml.5")
        s.print(config_page());
    else if (page == "ulak-job.5")
        s.print(job_page());
    else
        return exit_usage;
    return exit_ok;
}

} // namespace ulak::ctl
