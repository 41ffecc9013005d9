// ulakctl: asks a running ulakd over its Unix socket, and checks files without one.
#include "ulakctl/command_line.hpp"
#include "ulakctl/socket_rights.hpp"

#include "core/standard_descriptors.hpp"

#include <csignal>
#include <cstdio>
#include <exception>
#include <iostream>

namespace {

using namespace ulak::ctl;

int serve(int argc, char** argv)
{
    auto parsed = parse_command_line(argc, argv, std::cout, std::cerr);
    if (const int* code = std::get_if<int>(&parsed))
        return *code;
    auto& asked = std::get<invocation>(parsed);
    if (asked.socket_is_default)
        asked.socket = reachable_socket(asked.socket);
    cli_context context(daemon_client(asked.socket), asked.output);
    return asked.definition->run(context, asked.args);
}

} // namespace

int main(int argc, char** argv)
{
    ulak::open_standard_descriptors();
    std::signal(SIGPIPE, SIG_DFL); // `ulakctl events | head` ends quietly
    try {
        return serve(argc, argv);
    } catch (const std::exception& e) {
        std::fprintf(stderr, "ulakctl: %s\n", e.what());
        return exit_run_failed;
    }
}
