// ulak-sim: the five providers on loopback.
#include "ulak-sim/command_line.hpp"
#include "ulak-sim/data_folder.hpp"
#include "ulak-sim/ready_file.hpp"

#include "async/system_clock.hpp"
#include "core/standard_descriptors.hpp"
#include "http/server.hpp"
#include "sim/simulator.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>

#include <csignal>
#include <cstdio>
#include <exception>
#include <iostream>

namespace ulak::simulator_program {
namespace {

/// Gives the simulator the faults, stocks and prices of the command line.
result<void> apply_settings(sim::simulator& simulator, const command_line& line)
{
    for (const auto& f : line.faults)
        simulator.add_fault(f);
    for (const auto& s : line.stocks)
        if (auto done = simulator.set_stock(*s.protocol, s.service, std::stoll(s.value)); !done)
            return done;
    for (const auto& s : line.prices)
        if (auto done = simulator.set_price(*s.protocol, s.service, decimal::parse(s.value).value()); !done)
            return done;
    return {};
}

/// Listens on the address, and where that is the usual one also on ::1, as "localhost" may mean either.
result<unsigned short> listen(http::server& server, const command_line& line, const http::identity& leaf,
                              const http::handler& handler)
{
    auto limits = sim::simulator::limits();
    auto port = server.listen_tls("sim", line.listen, line.port, leaf.certificate_pem, leaf.key_pem, handler, limits);
    if (port && line.listen == "127.0.0.1")
        (void)server.listen_tls("sim6", "::1", *port, leaf.certificate_pem, leaf.key_pem, handler, limits);
    return port;
}

/// Runs until a signal, then closes everything at once.
void run_until_signal(boost::asio::io_context& loop, http::server& server, async::clock& clock)
{
    boost::asio::signal_set signals(loop, SIGTERM, SIGINT);
    signals.async_wait([&](boost::system::error_code failed, int) {
        if (failed)
            return;
        boost::asio::co_spawn(loop.get_executor(), server.stop(clock.now()), [&](std::exception_ptr) { loop.stop(); });
    });
    loop.run();
}

result<void> write_ready(const command_line& line, const std::string& text)
{
    if (!line.ready_file.empty())
        return write_file_atomically(line.ready_file, text);
    std::cout << text << std::flush;
    return {};
}

result<void> serve(const command_line& line)
{
    auto place = data_folder::open(line.directory);
    if (!place)
        return place.error();
    auto authority = place->load_or_make_authority();
    if (!authority)
        return authority.error();
    auto leaf = http::make_leaf(*authority, {"localhost"}, {"127.0.0.1", "::1"});
    if (!leaf)
        return leaf.error();
    boost::asio::io_context loop(1);
    async::system_clock clock(loop.get_executor());
    sim::simulator simulator(line.options, clock);
    if (auto opened = simulator.open(); !opened)
        return opened;
    if (auto done = apply_settings(simulator, line); !done)
        return done;
    auto server = http::make_server(loop.get_executor(), clock);
    auto port = listen(*server, line, *leaf, simulator.handler(clock));
    if (!port)
        return port.error();
    if (auto said = write_ready(line, describe_ready(line, place->ca_file().string(), *port)); !said)
        return said;
    run_until_signal(loop, *server, clock);
    return {};
}

} // namespace
} // namespace ulak::simulator_program

int main(int argc, char** argv)
{
    namespace program = ulak::simulator_program;
    ulak::open_standard_descriptors();
    std::signal(SIGPIPE, SIG_IGN);
    auto parsed = program::parse_command_line(argc, argv);
    if (parsed.finished)
        return parsed.exit_code;
    try {
        auto served = program::serve(parsed.line);
        if (served)
            return 0;
        std::fprintf(stderr, "ulak-sim: %s\n", served.error().message.c_str());
    } catch (const std::exception& e) {
        std::fprintf(stderr, "ulak-sim: %s\n", e.what());
    }
    return 1;
}
