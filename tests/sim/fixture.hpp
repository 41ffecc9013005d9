// A simulator without sockets, with a clock that moves when it is told to.
#pragma once

#include "async/manual_clock.hpp"
#include "http/auth.hpp"
#include "http/form.hpp"
#include "sim/detail/call.hpp"
#include "sim/detail/world_state.hpp"
#include "sim/fault.hpp"
#include "sim/registry.hpp"
#include "sim/simulator.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <boost/test/unit_test.hpp>

#include <chrono>
#include <string>
#include <string_view>

namespace sim_test {

using namespace ulak;
using namespace std::chrono_literals;

inline sim::options quiet_options()
{
    sim::options o;
    o.seed = 7;
    o.otp_code = "012345";
    return o;
}

/// Noon in Istanbul on 22 November 2026.
inline wall_point noon()
{
    return wall_point(std::chrono::sys_days(std::chrono::year(2026) / 11 / 22).time_since_epoch() + 9h);
}

struct sim_fixture {
    explicit sim_fixture(sim::options o = quiet_options())
        : clock(loop.get_executor(), noon()), simulator(std::move(o), clock)
    {}

    boost::asio::io_context loop{1};
    async::manual_clock clock;
    sim::simulator simulator;

    sim::world_state& world() { return simulator.world(); }
    sim::simulated_account& account(std::string_view protocol)
    {
        return world().account(*sim::find_protocol(protocol));
    }
    sim::wallet& money(std::string_view protocol) { return account(protocol).money; }
    void pass(std::chrono::milliseconds d) { clock.advance(d); }
    void fault(std::string_view text) { world().faults.add(sim::parse_fault(text).value()); }

    http::reply ask(std::string verb, std::string target, http::header_list headers = {}, std::string body = {})
    {
        http::incoming_request in;
        in.verb = std::move(verb);
        in.raw_target = std::move(target);
        in.path = in.raw_target.substr(0, in.raw_target.find('?'));
        if (auto mark = in.raw_target.find('?'); mark != std::string::npos)
            in.query = http::form_decode(in.raw_target.substr(mark + 1)).value();
        in.headers = std::move(headers);
        in.body = std::move(body);
        return simulator.answer(in);
    }

    /// The last line of the ledger.
    boost::json::object line()
    {
        auto all = world().log.lines(world().log.last_number() - 1, {}, 1);
        BOOST_REQUIRE_EQUAL(all.size(), 1u);
        return boost::json::parse(boost::json::string_view(all[0].data(), all[0].size())).as_object();
    }

    std::string mistakes()
    {
        std::string out;
        auto last = line();
        for (const auto& m : last.at("mistakes").as_array())
            out += std::string(m.as_string()) + '\n';
        return out;
    }
};

inline boost::json::value parsed(const http::reply& r)
{
    boost::system::error_code failed;
    auto v = boost::json::parse(r.body, failed);
    BOOST_REQUIRE_MESSAGE(!failed, "not JSON: " << r.body);
    return v;
}

/// The value at a JSON pointer as text; "(nothing)" where there is none.
inline std::string at(const http::reply& r, std::string_view pointer)
{
    auto v = parsed(r);
    boost::system::error_code failed;
    const auto* found = v.find_pointer(boost::json::string_view(pointer.data(), pointer.size()), failed);
    return found ? boost::json::serialize(*found) : "(nothing)";
}

} // namespace sim_test
