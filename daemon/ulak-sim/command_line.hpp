// What `ulak-sim` is asked for on its command line.
#pragma once

#include "core/error.hpp"
#include "sim/fault.hpp"
#include "sim/options.hpp"
#include "sim/protocol_descriptor.hpp"

#include <string>
#include <vector>

namespace ulak::simulator_program {

/// Stock or price of one service of a protocol that rents numbers.
struct service_setting {
    const sim::protocol_descriptor* protocol = nullptr;
    std::int64_t service = 0;
    std::string value{}; ///< a whole number or an amount, as the option wants
};

struct command_line {
    command_line() = default;

    sim::options options{};
    std::vector<sim::fault> faults{};
    std::vector<service_setting> stocks{};
    std::vector<service_setting> prices{};
    std::string listen = "127.0.0.1";
    unsigned short port = 0;
    std::string directory{};  ///< empty: a temporary one, removed at the end
    std::string ready_file{}; ///< empty: the same JSON goes to standard output
};

/// The command line, or the exit code with everything said already: 0 after --help, 2 for a usage error.
struct parsed {
    explicit parsed(command_line c) : line(std::move(c)) {}
    explicit parsed(int code) : exit_code(code), finished(true) {}

    command_line line{};
    int exit_code = 0;
    bool finished = false;
};

parsed parse_command_line(int argc, char** argv);

} // namespace ulak::simulator_program
