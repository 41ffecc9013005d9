// What the network and a provider's front can do to a purchase, over real connections. The numbers are those of the
// fault table; N1 N4 N16 N26 stand in pool.cpp, too, N2 N3 N9 N11 in exchange_run.cpp, N3 N4 in resolver.cpp and
// names.cpp, N5 N6 N7 in tls*.cpp, N6 to N10 and N28 at every byte of the wire in links.cpp, N13 to N19 byte by byte in
// answer_reader.cpp, and what they mean for money in tests/providers/wire_faults.cpp with N20 to N24.
#include "http/faults_fixture.hpp"

#include <boost/asio/post.hpp>

#include <random>

namespace ulak::http::testing {
namespace {

const std::string by_length = good_answer;
const std::string by_chunks = answer_of("Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n",
                                        "5\r\n{\"que\r\n9;x=y\r\nueId\":17}\r\n0\r\nX-Sum: 1\r\n\r\n");

std::string repeated(std::string_view text, std::size_t times)
{
    std::string out;
    for (std::size_t i = 0; i < times; ++i)
        out += text;
    return out;
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(faults_, faults_fixture)

BOOST_AUTO_TEST_CASE(n01_addresses_that_refuse_or_cannot_be_reached_leave_everything_unsent)
{
    serve(answer_all);
    auto s = settings();
    provider.reset();
    turn();
    for (const char* address : {"127.0.0.1", "127.255.255.255", "::1", "::ffff:127.0.0.1"}) {
        names->known["api.provider.test"] = {address, "127.0.0.1"};
        use(s);
        const auto x = ask(purchase(), costly());
        BOOST_TEST_REQUIRE(x.answer.has_error(), address);
        BOOST_TEST(x.answer.error().code == errc::connect_failed);
        BOOST_TEST(x.answer.error().how_far == reach::not_sent);
        BOOST_TEST(!x.trace.handed_to_tls);
        BOOST_TEST(x.trace.reached == phase::connect);
    }
}

BOOST_AUTO_TEST_CASE(n08_a_reset_after_any_byte_of_the_request_is_a_doubt)
{
    std::size_t size = 0; // of the request as it stands on the wire
    serve([&](scripted_peer& peer, int number) -> task<> {
        auto direct = beside(peer.wire, ex);
        if (number == 1) {
            auto all = co_await direct.read_some();
            size = all.size();
        } else {
            co_await direct.read_bytes(static_cast<std::size_t>(number) - 1);
        }
        direct.reset();
        peer.wire.reset();
    });
    auto s = settings();
    s.max_connections = at_once;
    use(std::move(s));
    int begun = 1;
    // Only when the server has read the end of the handshake does the request alone stand before it.
    auto when_all_are_up = [&]() -> task<result<void>> {
        while (provider->handshakes() < begun)
            co_await asio::post(ex, use_task);
        co_return result<void>();
    };
    auto first = begin(purchase(), costly(when_all_are_up));
    until([&] { return size > 200; }); // all of it came in one piece
    BOOST_TEST_MESSAGE(size << " bytes of request");
    for (std::size_t from = 1; from <= size; from += at_once) {
        std::vector<std::shared_ptr<started<exchange>>> all;
        for (std::size_t k = from; k < std::min(size + 1, from + at_once); ++k, ++begun)
            all.push_back(begin(purchase(), costly(when_all_are_up)));
        for (const auto& one : all) {
            until([&] { return one->ended(); });
            lost(one->get());
            BOOST_TEST(one->get().trace.reached >= phase::writing);
        }
    }
    BOOST_TEST(size > 200u);
}

BOOST_AUTO_TEST_CASE(n08_a_reset_in_the_middle_of_a_long_request_is_a_doubt)
{
    serve([&](scripted_peer& peer, int number) -> task<> {
        auto direct = beside(peer.wire, ex);
        co_await direct.read_bytes(static_cast<std::size_t>(number) * 50'000);
        direct.reset();
        peer.wire.reset();
    });
    use(settings());
    for (int i = 0; i < 10; ++i) {
        auto r = purchase();
        r.body = std::string(8'000'000, 'x');
        const auto x = ask(r, costly());
        lost(x);
        BOOST_TEST(x.trace.reached == phase::writing);
        BOOST_TEST(x.trace.written.count() == 0);
    }
}

BOOST_AUTO_TEST_CASE(n10_an_answer_that_ends_at_any_byte_is_a_doubt_until_it_is_whole)
{
    enum class ending { end, reset, goodbye };
    for (const auto& whole : {by_length, by_chunks})
        for (const auto end : {ending::end, ending::reset, ending::goodbye}) {
            serve_faults([&whole, end](scripted_peer& peer, std::size_t k) -> task<> {
                co_await peer.say(whole.substr(0, k));
                if (end == ending::reset)
                    peer.wire.reset();
                else if (end == ending::goodbye)
                    peer.wire.shutdown();
                else
                    peer.wire.close();
            });
            each_of(whole.size() + 1, [&](std::size_t k, exchange& x) {
                if (k < whole.size() || x.answer.has_error())
                    return lost(x); // a reset may overtake the last bytes
                BOOST_TEST(x.trace.framing_ok);
                BOOST_TEST(x.answer->body == "{\"queueId\":17}");
            });
        }
}

BOOST_AUTO_TEST_CASE(n10_an_answer_that_comes_in_two_records_is_whole_wherever_it_is_cut)
{
    for (const auto& whole : {by_length, by_chunks}) {
        serve_faults([&whole](scripted_peer& peer, std::size_t k) -> task<> {
            co_await peer.say(whole.substr(0, k));
            co_await peer.say(whole.substr(k));
            co_await peer.hear("never");
        });
        each_of(whole.size(), [&](std::size_t, exchange& x) {
            BOOST_TEST_REQUIRE(x.answer.has_value());
            BOOST_TEST(x.answer->body == "{\"queueId\":17}");
            BOOST_TEST(x.trace.framing_ok);
            BOOST_TEST(x.trace.leftover == 0u);
        });
    }
}

BOOST_AUTO_TEST_CASE(n12_answers_without_end_are_cut_off_and_memory_stays_bounded)
{
    struct row {
        std::string begin, piece;
    };
    const std::string chunked = answer_of("Transfer-Encoding: chunked\r\n", "");
    const std::vector<row> rows{
        {answer_of("Content-Length: 4000000000\r\n", ""), std::string(65536, ' ')},
        {answer_of("Content-Length: 60000\r\n", "{}"), std::string(65536, ' ')},
        {answer_of("", ""), std::string(65536, ' ')},
        {chunked, "10000\r\n" + std::string(65536, ' ') + "\r\n"},
        {chunked, repeated("1\r\n \r\n", 8000)},
        {chunked + "1;", std::string(65536, 'x')},
        {chunked, std::string(65536, '0')},
        {chunked + "0\r\n", repeated("X-Trailer: 1\r\n", 5000)},
        {"HTTP/1.1 200 OK\r\n", repeated("X-Header: 1\r\n", 5000)},
        {"HTTP/1.1 200 OK\r\nX: ", std::string(65536, 'x')},
        {"HTTP/1.1 200 ", std::string(65536, 'x')},
        {"", std::string(65536, 'x')},
        {"", repeated("HTTP/1.1 103 Early Hints\r\n\r\n", 2500)},
        {"HTTP/1.1 103 Early\r\n", repeated("X-Header: 1\r\n", 5000)},
    };
    constexpr std::size_t most = 64'000'000;
    std::size_t sent = 0;
    serve_faults([&](scripted_peer& peer, std::size_t k) -> task<> {
        bool taken = co_await peer.say(rows[k].begin);
        while (taken && sent < most) {
            taken = co_await peer.say(rows[k].piece);
            sent += rows[k].piece.size();
        }
    });
    for (std::size_t k = 0; k < rows.size(); ++k)
        BOOST_TEST_CONTEXT("answer " << k)
        {
            sent = 0;
            const auto x = ask(numbered(k), costly());
            if (x.answer.has_value()) // its length was kept: what comes behind it is counted, and thrown away
                BOOST_TEST(x.trace.leftover > 0u);
            else
                BOOST_TEST(x.answer.error().how_far == reach::maybe_sent);
            turn();
            BOOST_TEST(sent < 12'000'000u); // what the kernel takes, and a few megabytes of ours
        }
}

BOOST_AUTO_TEST_CASE(n13_n14_n25_answers_whose_end_is_not_beyond_doubt_are_doubts)
{
    std::vector<std::string> all;
    for (const char* length : {"-2", "+2", "0x2", "2.0", "2e0", "18446744073709551616", "18446744073709551618", "",
                               "two", "2;", "2, 3", "2 2", "\"2\"", "99999999999999999999999999"})
        all.push_back(answer_of("Content-Length: " + std::string(length) + "\r\n"));
    all.push_back(answer_of("Content-Length: 2\r\nContent-Length: 3\r\n"));
    for (const char* coding : {"chunked, gzip", "gzip, chunked", "xchunked", "chunkedx", "gzip", "identity",
                               "chunked, chunked", "", "chunked;q=1", "\"chunked\""})
        all.push_back(answer_of("Transfer-Encoding: " + std::string(coding) + "\r\n", "2\r\n{}\r\n0\r\n\r\n"));
    all.push_back(answer_of("Content-Length: 2\r\nTransfer-Encoding: chunked\r\n", "2\r\n{}\r\n0\r\n\r\n"));
    all.push_back(answer_of("Transfer-Encoding: chunked\r\nContent-Length: 2\r\n", "2\r\n{}\r\n0\r\n\r\n"));
    all.push_back(answer_of("Transfer-Encoding: chunked\r\nTransfer-Encoding: gzip\r\n", "2\r\n{}\r\n0\r\n\r\n"));
    all.push_back(answer_of("Transfer-Encoding: chunked\r\n", "2\r\n{}\r\n0\r\n\r\n", "HTTP/1.0 200 OK"));
    for (const char* chunks :
         {"2\n{}\n0\n\n", "-2\r\n{}\r\n0\r\n\r\n", "0x2\r\n{}\r\n0\r\n\r\n", "2 {}\r\n0\r\n\r\n", "2\r\n{}0\r\n\r\n",
          "3\r\n{}\r\n0\r\n\r\n", "\r\n{}\r\n0\r\n\r\n", "1\r\n{}\r\n0\r\n\r\n", "ffffffffffffffff\r\n{}\r\n0\r\n\r\n",
          "10000000000000002\r\n{}\r\n0\r\n\r\n"})
        all.push_back(answer_of("Transfer-Encoding: chunked\r\n", chunks));
    for (const char* line : {"HTTP/1.1 099 Odd", "HTTP/1.1 999 Odd", "HTTP/1.1 600 Odd", "HTTP/1.1 0 Odd",
                             "HTTP/1.1 20 OK", "HTTP/1.1 2000 OK", "HTTP/1.1 2x0 OK", "HTTP/1.1 101 Switching",
                             "HTTP/1.1 200", "HTTP/1.1  200 OK", "HTTP/2 200", "HTTP/2.0 200 OK", "HTTP/0.9 200 OK",
                             "HTTP/11 200 OK", "http/1.1 200 OK", "ICY 200 OK", "200 OK", "GET / HTTP/1.1"})
        all.push_back(answer_of("Content-Length: 2\r\n", "{}", line));
    all.push_back("HTTP/1.1 200 OK\nContent-Length: 2\n\n{}");
    all.push_back("HTTP/1.1 200 OK\r\nContent-Length: 2\n\n{}");
    all.push_back("\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
    for (const char* header :
         {"X: a\r\n b", "X : a", "X", ": a", "X\ta: b", "X: a\rb", "Content-Length : 2", " Content-Length: 2"})
        all.push_back(answer_of(std::string(header) + "\r\nContent-Length: 2\r\n"));
    all.push_back(answer_of(std::string("X: a\0b\r\nContent-Length: 2\r\n", 27)));
    answer_each(all, [&](std::size_t k, exchange& x) {
        BOOST_TEST_CONTEXT(all[k])
        {
            BOOST_TEST(x.trace.handed_to_tls);
            BOOST_TEST_REQUIRE(x.answer.has_error());
            BOOST_TEST((x.answer.error().code == errc::malformed || x.answer.error().code == errc::connection_lost ||
                        x.answer.error().code == errc::too_large));
            BOOST_TEST(x.answer.error().how_far == reach::maybe_sent);
            BOOST_TEST(!(x.trace.framing_ok && x.trace.reached == phase::complete));
        }
    });
}

BOOST_AUTO_TEST_CASE(n15_an_answer_that_ends_with_the_connection_says_that_its_end_is_not_certain)
{
    for (const bool goodbye : {true, false}) {
        serve_faults([goodbye](scripted_peer& peer, std::size_t) -> task<> {
            co_await peer.say(answer_of("", "{\"queueId\":17}"));
            if (goodbye)
                peer.wire.shutdown();
            else
                peer.wire.close();
        });
        each_of(1, [&](std::size_t, exchange& x) {
            if (!goodbye)
                return lost(x);
            BOOST_TEST_REQUIRE(x.answer.has_value());
            BOOST_TEST(!x.trace.framing_ok);
            BOOST_TEST(x.trace.closed_by == close_reason::close_notify);
        });
    }
}

BOOST_AUTO_TEST_CASE(n16_any_byte_behind_an_answer_is_counted)
{
    std::vector<std::string> all;
    for (const std::string more : {"\n", "\r\n", " ", "}", "<br />", "{\"queueId\":18}", good_answer.c_str()})
        for (const auto& whole : {by_length, by_chunks})
            all.push_back(whole + more);
    answer_each(all, [](std::size_t, exchange& x) {
        BOOST_TEST_REQUIRE(x.answer.has_value());
        BOOST_TEST(x.trace.leftover > 0u);
    });
}

BOOST_AUTO_TEST_CASE(n17_provisional_answers_are_skipped_up_to_five)
{
    const std::string hints = "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n", go_on = "HTTP/1.1 100 Continue\r\n\r\n";
    std::vector<std::string> all;
    for (std::size_t n = 0; n <= 7; ++n)
        for (const auto& first : {hints, go_on})
            all.push_back(repeated(first, n) + by_length);
    answer_each(all, [](std::size_t k, exchange& x) {
        BOOST_TEST(x.answer.has_value() == (k / 2 <= 5), k);
        if (x.answer)
            BOOST_TEST(x.trace.status == 200);
    });
    answer_each({hints, repeated(go_on, 5)}, [](std::size_t, exchange& x) { lost(x); });
}

BOOST_AUTO_TEST_CASE(n18_n22_statuses_are_told_as_they_are_and_nothing_is_followed)
{
    std::vector<int> statuses;
    std::vector<std::string> all;
    for (const int status :
         {204, 205, 206, 226, 300, 301, 302, 303, 304, 305, 307, 308, 400, 401, 403, 404, 429, 500, 503, 599})
        for (const char* target :
             {"https://api.provider.test/other", "https://elsewhere.test/", "/again", "", "http://127.0.0.1/"}) {
            statuses.push_back(status);
            const bool bare = status == 204 || status == 304;
            all.push_back(answer_of("Location: " + std::string(target) + (bare ? "\r\n" : "\r\nContent-Length: 2\r\n"),
                                    bare ? "" : "{}", "HTTP/1.1 " + std::to_string(status) + " X"));
        }
    answer_each(all, [&](std::size_t k, exchange& x) {
        BOOST_TEST_REQUIRE(x.answer.has_value(), all[k]);
        BOOST_TEST(x.answer->status == statuses[k]);
        BOOST_TEST(x.trace.status == statuses[k]);
    });
    BOOST_TEST(provider->connections() == static_cast<int>(all.size()));
    BOOST_TEST(names->known.size() == 1u);
}

BOOST_AUTO_TEST_CASE(n19_what_is_compressed_unasked_is_an_answer_that_cannot_be_used)
{
    std::vector<std::string> all;
    for (const char* coding : {"gzip", "br", "deflate", "zstd", "GZIP", "gzip, identity", "x-gzip", "aes128gcm"})
        all.push_back(answer_of("Content-Encoding: " + std::string(coding) + "\r\nContent-Length: 2\r\n"));
    answer_each(all, [](std::size_t, exchange& x) {
        BOOST_TEST_REQUIRE(x.answer.has_error());
        BOOST_TEST(x.answer.error().code == errc::malformed);
        BOOST_TEST(x.trace.status == 200);
    });
    BOOST_TEST(provider->seen().find("Accept-Encoding: identity") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(n27_a_peer_that_ends_its_side_early_or_resets_late_is_judged_by_the_framing)
{
    serve_faults([](scripted_peer& peer, std::size_t k) -> task<> {
        co_await peer.say(good_answer);
        if (k % 2 == 0)
            peer.wire.reset();
        else
            peer.wire.close();
    });
    std::size_t whole = 0;
    each_of(100, [&](std::size_t, exchange& x) {
        if (x.answer.has_error())
            return lost(x);
        ++whole;
        BOOST_TEST(x.trace.framing_ok);
        BOOST_TEST(x.answer->body == "{\"queueId\":17}");
    });
    BOOST_TEST(whole >= 50u); // an orderly end never costs the answer
}

BOOST_AUTO_TEST_CASE(n28_over_a_link_that_breaks_at_random_no_law_is_broken)
{
    std::minstd_rand dice(20261122);
    BOOST_TEST_MESSAGE("seed 20261122");
    serve_faults([&dice](scripted_peer& peer, std::size_t) -> task<> {
        const auto& whole = dice() % 2 == 0 ? by_length : by_chunks;
        for (std::size_t at = 0; at < whole.size();) {
            const std::size_t piece = 1 + dice() % 40;
            co_await peer.say(whole.substr(at, piece));
            at += piece;
            const auto luck = dice() % 20;
            if (luck == 0)
                co_return peer.wire.reset();
            if (luck == 1)
                co_return peer.wire.shutdown();
        }
    });
    std::size_t whole = 0, broken = 0;
    for (const bool spending : {true, false})
        each_of(
            300,
            [&](std::size_t, exchange& x) {
                if (x.answer.has_error()) {
                    ++broken;
                    BOOST_TEST((x.answer.error().how_far == reach::not_sent) == !x.trace.handed_to_tls);
                    return;
                }
                ++whole;
                BOOST_TEST(x.trace.framing_ok);
                BOOST_TEST(x.answer->body == "{\"queueId\":17}");
                BOOST_TEST((!spending || !x.trace.reused_connection));
            },
            spending);
    BOOST_TEST(whole > 50u);
    BOOST_TEST(broken > 50u);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::http::testing
