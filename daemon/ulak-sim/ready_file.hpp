// What the simulator says once it listens: where, with which certificate authority, and who may come in.
#pragma once

#include "ulak-sim/command_line.hpp"

#include <string>

namespace ulak::simulator_program {

/// One JSON object: pid, ca_file, address, base_urls and credentials by protocol, admin, seed.
std::string describe_ready(const command_line& line, const std::string& ca_file, unsigned short port);

} // namespace ulak::simulator_program
