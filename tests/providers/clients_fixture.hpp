// What the tests of all clients share: a scripted way, and a buyer.
#pragma once

#include "providers/capability.hpp"
#include "sample.hpp"
#include "support/loop_fixture.hpp"
#include "support/scripted_client.hpp"

namespace ulak::tests {

inline task<result<void>> open_gate()
{
    result<void> go;
    co_return go;
}

inline task<result<void>> closed_gate()
{
    co_return error(errc::unavailable, "the journal is full");
}

struct clients_fixture : loop_fixture {
    providers::purchase_gate buying(http::dispatch_gate gate = open_gate)
    {
        return providers::purchase_gate(clock.now() + std::chrono::seconds(90), std::move(gate));
    }
    async::steady_point soon() { return clock.now() + std::chrono::seconds(30); }
    void expect(const char* pattern, http::response r) { plan.expect(pattern).reply_with(complete(std::move(r))); }
    void asked(std::vector<std::string> wanted)
    {
        BOOST_TEST(plan.lines() == wanted, boost::test_tools::per_element());
    }

    script plan{clock};
    std::unique_ptr<http::client> way = client_of(plan);
};

} // namespace ulak::tests
