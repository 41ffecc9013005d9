// The manual pages, made from the tables that the programs read, so that they cannot contradict them.
#pragma once

#include <string>

namespace ulak::ctl {

std::string ulakctl_page(); ///< ulakctl(1)
std::string ulakd_page();   ///< ulakd(8)
std::string config_page();  ///< ulak.yaml(5)
std::string job_page();     ///< ulak-job(5)

} // namespace ulak::ctl
