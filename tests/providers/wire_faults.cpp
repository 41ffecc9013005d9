// What the fault table promises for money: real connections, the providers' saved answers and the verdict on each
// purchase.
#include "http/faults_fixture.hpp"

#include "all_calls.hpp"

namespace ulak::http::testing {
namespace {

using tests::calls;
using tests::classification;

std::vector<tests::call> purchases()
{
    std::vector<tests::call> out;
    for (const auto& c : calls())
        if (c.costly)
            out.push_back(c);
    return out;
}

std::string whole_answer(const std::string& body)
{
    return answer_of("Content-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) + "\r\n", body);
}

// In chunks of seven bytes.
std::string chunked_answer(const std::string& body)
{
    std::string chunks;
    for (std::size_t at = 0; at < body.size(); at += 7) {
        const auto piece = body.substr(at, 7);
        chunks += std::to_string(piece.size()) + "\r\n" + piece + "\r\n";
    }
    return answer_of("Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n", chunks + "0\r\n\r\n");
}

std::string_view verdict_on(const tests::call& c, const exchange& x)
{
    if (x.answer)
        return name(c.settle(x));
    return name(providers::classify(x, providers::body_reading()).as);
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(wire_faults_, faults_fixture)

BOOST_AUTO_TEST_CASE(n10_a_purchase_whose_answer_is_cut_at_any_byte_is_a_doubt_and_only_the_whole_is_a_success)
{
    for (const auto& c : purchases()) {
        const auto whole = whole_answer(tests::sample(c.saved));
        serve_faults([&whole](scripted_peer& peer, std::size_t k) -> task<> {
            co_await peer.say(whole.substr(0, k));
            peer.wire.shutdown();
        });
        each_of(whole.size() + 1, [&](std::size_t k, exchange& x) {
            BOOST_TEST(verdict_on(c, x) == (k == whole.size() ? "accepted" : "ambiguous"), c.saved << " cut at " << k);
        });
    }
}

BOOST_AUTO_TEST_CASE(n10_a_purchase_whose_chunked_answer_is_cut_at_any_byte_is_a_doubt)
{
    const auto c = purchases().front();
    const auto whole = chunked_answer(tests::sample(c.saved));
    serve_faults([&whole](scripted_peer& peer, std::size_t k) -> task<> {
        co_await peer.say(whole.substr(0, k));
        peer.wire.close();
    });
    each_of(whole.size() + 1, [&](std::size_t k, exchange& x) {
        BOOST_TEST(verdict_on(c, x) == (k == whole.size() ? "accepted" : "ambiguous"), c.saved << " cut at " << k);
    });
}

BOOST_AUTO_TEST_CASE(n13_to_n24_a_purchase_under_any_odd_answer_has_the_promised_verdict)
{
    struct row {
        std::string what, answer;
        std::string_view verdict;
    };
    for (const auto& c : purchases()) {
        const auto body = tests::sample(c.saved);
        const auto length = "Content-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) + "\r\n";
        const auto under = [&](const std::string& status) {
            return answer_of(length, body, "HTTP/1.1 " + status + " X");
        };
        const auto bare = [&](const std::string& status) {
            return answer_of("Content-Length: 0\r\n", "", "HTTP/1.1 " + status + " X");
        };
        std::vector<row> rows{
            {"as it should be", whole_answer(body), "accepted"},
            {"in chunks", chunked_answer(body), "accepted"},
            {"behind hints", "HTTP/1.1 103 Early\r\n\r\n" + whole_answer(body), "accepted"},
            {"behind six hints",
             "HTTP/1.1 103 E\r\n\r\nHTTP/1.1 103 E\r\n\r\nHTTP/1.1 103 E\r\n\r\nHTTP/1.1 103 E\r\n\r\n"
             "HTTP/1.1 103 E\r\n\r\nHTTP/1.1 103 E\r\n\r\n" +
                 whole_answer(body),
             "ambiguous"},
            {"n13 two lengths", answer_of("Content-Length: 2\r\n" + length, body), "ambiguous"},
            {"n14 length and chunks", answer_of("Transfer-Encoding: chunked\r\n" + length, body), "ambiguous"},
            {"n14 odd coding", answer_of("Transfer-Encoding: xchunked\r\n", body), "ambiguous"},
            {"n15 ends with the connection", answer_of("Content-Type: application/json\r\n", body), "ambiguous"},
            {"n16 something behind it", whole_answer(body) + "<br />", "ambiguous"},
            {"n16 a second answer", whole_answer(body) + whole_answer(body), "ambiguous"},
            {"n17 hints only", "HTTP/1.1 103 Early\r\n\r\n", "ambiguous"},
            {"n19 gzip", answer_of("Content-Encoding: gzip\r\n" + length, body), "ambiguous"},
            {"n20 429", bare("429"), "rate_limited"},
            {"n20 429 with Retry-After", answer_of("Retry-After: 7\r\nContent-Length: 0\r\n", "", "HTTP/1.1 429 X"),
             "rate_limited"},
            {"n20 429 cut short", answer_of("Content-Length: 5\r\n", "{}", "HTTP/1.1 429 X"), "ambiguous"},
            {"n24 a page", answer_of("Content-Type: text/html\r\nContent-Length: 13\r\n", "<html></html>"),
             "ambiguous"},
            {"n24 nothing", bare("200"), "ambiguous"},
            {"n25 no phrase and no blank", answer_of(length, body, "HTTP/1.1 200"), "ambiguous"},
            {"n25 bare line feeds", "HTTP/1.1 200 OK\nContent-Length: 2\n\n{}", "ambiguous"},
            {"n25 folded", answer_of("X: a\r\n b\r\n" + length, body), "ambiguous"},
        };
        for (const char* status : {"202", "203", "205", "206", "226", "300", "301", "302", "303", "307", "308", "408",
                                   "409", "425", "500", "501", "502", "503", "504", "507", "520", "522", "599"})
            rows.push_back({std::string("n18 n21 n22 good body under ") + status, under(status), "ambiguous"});
        for (const char* status : {"204", "304"})
            rows.push_back({std::string("n18 ") + status, answer_of("", "", std::string("HTTP/1.1 ") + status + " X"),
                            "ambiguous"});
        for (const char* status : {"400", "401", "403", "404", "405", "413", "414", "415", "422"})
            rows.insert(rows.end(), {{std::string("n23 ") + status, bare(status), "rejected"},
                                     {std::string("n23 good body under ") + status, under(status), "ambiguous"}});
        for (const char* status : {"101", "099", "600", "999"})
            rows.push_back({std::string("n25 ") + status, under(status), "ambiguous"});
        std::vector<std::string> answers;
        for (const auto& r : rows)
            answers.push_back(r.answer);
        answer_each(answers, [&](std::size_t k, exchange& x) {
            BOOST_TEST(verdict_on(c, x) == rows[k].verdict, c.saved << ", " << rows[k].what);
            if (x.answer && x.trace.status >= 300 && x.trace.status < 400)
                BOOST_TEST(x.trace.status == x.answer->status);
        });
        BOOST_TEST(provider->connections() == static_cast<int>(rows.size()));
    }
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::http::testing
