// Checks of the machine: files, clock, secrets, disk. Each adds what it found.
#pragma once

#include "ulakctl/check_results.hpp"
#include "ulakd/settings.hpp"

namespace ulak::ctl {

/// ulak.yaml and the jobs; returns the settings as far as they could be read.
daemon::settings diagnose_files(const arguments& a, check_results& all);
/// Whether the clock is synchronised, and whether time zones are installed.
void diagnose_clock(check_results& all);
/// The secrets folder beside ulak.yaml: nobody else may read it.
void diagnose_secrets(const daemon::settings& settings, check_results& all);
/// Free space for the store.
void diagnose_disk(const daemon::settings& settings, check_results& all);

} // namespace ulak::ctl
