// Many connections at once, each with a fault of its own.
#pragma once

#include "http/client_fixture.hpp"

#include <boost/test/unit_test.hpp>

#include <charconv>
#include <functional>
#include <string>
#include <vector>

namespace ulak::http::testing {

/// What to do with the connection of the request number `k`, which has been read whole.
using fault_play = std::function<task<>(scripted_peer&, std::size_t k)>;

struct faults_fixture : client_fixture {
    static constexpr std::size_t at_once = 100;

    static request numbered(std::size_t k)
    {
        auto r = purchase();
        r.target = "/k/" + std::to_string(k);
        return r;
    }

    static std::size_t number_of(const std::string& heard)
    {
        std::size_t k = 0;
        const auto at = heard.find("/k/") + 3;
        std::from_chars(heard.data() + at, heard.data() + heard.size(), k);
        return k;
    }

    void serve_faults(fault_play play)
    {
        serve([play](scripted_peer& peer, int) -> task<> {
            bool heard = co_await peer.hear("}");
            while (heard) {
                co_await play(peer, number_of(peer.last));
                heard = co_await peer.hear("}");
            }
        });
        auto s = settings();
        s.max_connections = at_once;
        use(std::move(s));
    }

    /// `count` purchases, or reads with a body, a hundred at a time. `look` sees each that has ended.
    void each_of(std::size_t count, const std::function<void(std::size_t k, exchange& x)>& look,
                 bool costly_ones = true)
    {
        for (std::size_t from = 0; from < count; from += at_once) {
            std::vector<std::shared_ptr<started<exchange>>> all;
            for (std::size_t k = from; k < std::min(count, from + at_once); ++k)
                all.push_back(begin(numbered(k), costly_ones ? costly() : within(100s)));
            until([&] {
                while (!all.empty() && all.back()->ended()) {
                    BOOST_TEST_CONTEXT("number " << from + all.size() - 1)
                    look(from + all.size() - 1, all.back()->get());
                    all.pop_back();
                }
                return all.empty();
            });
            faults += std::min(count, from + at_once) - from;
        }
    }

    /// All answers in a row, one for each request.
    void answer_each(const std::vector<std::string>& answers,
                     const std::function<void(std::size_t k, exchange& x)>& look, bool then_hold = false)
    {
        serve_faults([&answers, then_hold](scripted_peer& peer, std::size_t k) -> task<> {
            co_await peer.say(answers.at(k));
            if (then_hold)
                co_await peer.hear("never");
            else
                peer.wire.shutdown();
        });
        each_of(answers.size(), look);
    }

    static void lost(const exchange& x, errc code = errc::connection_lost)
    {
        BOOST_TEST(x.trace.handed_to_tls);
        BOOST_TEST_REQUIRE(x.answer.has_error());
        BOOST_TEST(x.answer.error().code == code);
        BOOST_TEST(x.answer.error().how_far == reach::maybe_sent);
        BOOST_TEST(!(x.trace.framing_ok && x.trace.reached == phase::complete));
    }

    std::size_t faults = 0;
    ~faults_fixture() { BOOST_TEST_MESSAGE(faults << " faults"); }
};

inline std::string answer_of(std::string_view headers, std::string_view body = "{}",
                             std::string_view status = "HTTP/1.1 200 OK")
{
    return std::string(status) + "\r\n" + std::string(headers) + "\r\n" + std::string(body);
}

} // namespace ulak::http::testing
