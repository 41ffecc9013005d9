#include "http/client/response_reader.hpp"

#include "http/print.hpp"

#include <boost/test/unit_test.hpp>

namespace ulak::http::testing {

BOOST_AUTO_TEST_SUITE(response_reader_)

namespace {

using step = response_reader::step;

const std::string by_length = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 14\r\n\r\n"
                              "{\"queueId\":17}";
const std::string by_chunks = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                              "5\r\n{\"que\r\n9;x=y\r\nueId\":17}\r\n0\r\nX-Sum: 1\r\n\r\n";
constexpr std::string_view content = "{\"queueId\":17}";

struct seen {
    step last = step::more;
    std::string body{};
    bool framing_ok = false;
    std::size_t leftover = 0;
    bool keep_alive = false;
    int status = 0;
    std::optional<error> why{};
};

enum class ending { none, orderly, cut };

seen read(std::string_view bytes, ending end = ending::cut, std::size_t piece = std::string::npos,
          std::size_t max_body = 64 * 1024)
{
    response_reader reader(max_body);
    seen out;
    while (!bytes.empty() && out.last == step::more) {
        auto part = bytes.substr(0, piece);
        bytes.remove_prefix(part.size());
        out.last = reader.feed(part);
    }
    if (out.last == step::more && end != ending::none)
        out.last = reader.end_of_stream(end == ending::orderly);
    out.framing_ok = reader.framing_ok();
    out.leftover = reader.leftover();
    out.keep_alive = reader.keep_alive();
    out.status = reader.status();
    if (out.last == step::done)
        out.body = reader.take().body;
    if (out.last == step::failed)
        out.why = reader.failure();
    return out;
}

std::string with(std::string_view headers, std::string_view body = "{}", std::string_view status = "HTTP/1.1 200 OK")
{
    return std::string(status) + "\r\n" + std::string(headers) + "\r\n" + std::string(body);
}

std::string repeated(std::string_view text, std::size_t times)
{
    std::string out;
    for (std::size_t i = 0; i < times; ++i)
        out += text;
    return out;
}

} // namespace

BOOST_AUTO_TEST_CASE(both_framings_give_the_content_in_pieces_of_any_size)
{
    for (const auto& answer : {by_length, by_chunks})
        for (std::size_t piece = 1; piece <= answer.size(); ++piece)
            BOOST_TEST_CONTEXT("pieces of " << piece)
            {
                auto got = read(answer, ending::none, piece);
                BOOST_TEST((got.last == step::done));
                BOOST_TEST(got.body == content);
                BOOST_TEST(got.framing_ok);
                BOOST_TEST(got.keep_alive);
                BOOST_TEST(got.leftover == 0u);
            }
}

BOOST_AUTO_TEST_CASE(n12_an_empty_answer_in_chunks_may_come_in_pieces_of_any_size_and_be_cut_anywhere)
{
    for (const std::string chunks : {"0\r\n\r\n", "00\r\n\r\n", "0;x=y\r\n\r\n", "0\r\nX-Sum: 1\r\n\r\n"}) {
        const auto answer = with("Transfer-Encoding: chunked\r\n", chunks);
        for (std::size_t piece = 1; piece <= answer.size(); ++piece) {
            const auto got = read(answer, ending::none, piece);
            BOOST_TEST((got.last == step::done), chunks << " in pieces of " << piece);
            BOOST_TEST(got.body == "");
            BOOST_TEST(got.framing_ok);
        }
        for (std::size_t cut = 0; cut < answer.size(); ++cut)
            BOOST_TEST((read(std::string_view(answer).substr(0, cut), ending::cut, 1).last == step::failed), cut);
    }
}

BOOST_AUTO_TEST_CASE(n10_an_answer_that_is_cut_at_any_byte_is_never_taken)
{
    for (const auto& answer : {by_length, by_chunks})
        for (auto end : {ending::orderly, ending::cut})
            for (std::size_t cut = 0; cut < answer.size(); ++cut)
                BOOST_TEST_CONTEXT("cut at " << cut << " of " << answer.size())
                {
                    auto got = read(std::string_view(answer).substr(0, cut), end);
                    BOOST_TEST_REQUIRE((got.last == step::failed));
                    BOOST_TEST(got.why->code == errc::connection_lost);
                    BOOST_TEST(got.why->how_far == reach::maybe_sent);
                }
}

BOOST_AUTO_TEST_CASE(n15_the_end_of_the_stream_ends_an_answer_only_if_tls_says_so)
{
    auto answer = with("", "{\"a\":1}");
    auto orderly = read(answer, ending::orderly);
    BOOST_TEST((orderly.last == step::done));
    BOOST_TEST(orderly.body == "{\"a\":1}");
    BOOST_TEST(!orderly.framing_ok);
    BOOST_TEST(!orderly.keep_alive);
    auto cut = read(answer, ending::cut);
    BOOST_TEST((cut.last == step::failed));
    BOOST_TEST(cut.why->code == errc::connection_lost);
    BOOST_TEST(cut.why->http_status == 200);
}

BOOST_AUTO_TEST_CASE(n12_n13_n14_n25_unsound_answers_are_refused)
{
    struct row {
        std::string_view what;
        std::string answer;
        errc code;
    };
    const row rows[] = {
        {"two lengths", with("Content-Length: 2\r\nContent-Length: 3\r\n"), errc::malformed},
        {"negative length", with("Content-Length: -2\r\n"), errc::malformed},
        {"length with a plus", with("Content-Length: +2\r\n"), errc::malformed},
        {"hexadecimal length", with("Content-Length: 0x2\r\n"), errc::malformed},
        {"length of 2^64", with("Content-Length: 18446744073709551616\r\n"), errc::malformed},
        {"empty length", with("Content-Length: \r\n"), errc::malformed},
        {"length and chunks", with("Content-Length: 2\r\nTransfer-Encoding: chunked\r\n", "2\r\n{}\r\n0\r\n\r\n"),
         errc::malformed},
        {"chunks and length", with("Transfer-Encoding: chunked\r\nContent-Length: 2\r\n", "2\r\n{}\r\n0\r\n\r\n"),
         errc::malformed},
        {"chunked, gzip", with("Transfer-Encoding: chunked, gzip\r\n"), errc::malformed},
        {"gzip, chunked", with("Transfer-Encoding: gzip, chunked\r\n", "2\r\n{}\r\n0\r\n\r\n"), errc::malformed},
        {"xchunked", with("Transfer-Encoding: xchunked\r\n"), errc::malformed},
        {"chunked twice", with("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", "2\r\n{}\r\n0\r\n\r\n"),
         errc::malformed},
        {"chunks in HTTP/1.0", with("Transfer-Encoding: chunked\r\n", "2\r\n{}\r\n0\r\n\r\n", "HTTP/1.0 200 OK"),
         errc::malformed},
        {"HTTP/2.0", with("Content-Length: 2\r\n", "{}", "HTTP/2.0 200 OK"), errc::malformed},
        {"status 099", with("Content-Length: 2\r\n", "{}", "HTTP/1.1 099 Odd"), errc::malformed},
        {"status 999", with("Content-Length: 2\r\n", "{}", "HTTP/1.1 999 Odd"), errc::malformed},
        {"status 101", with("Content-Length: 2\r\n", "{}", "HTTP/1.1 101 Switching"), errc::malformed},
        {"no blank behind the status", with("Content-Length: 2\r\n", "{}", "HTTP/1.1 200"), errc::malformed},
        {"bare line feeds", "HTTP/1.1 200 OK\nContent-Length: 2\n\n{}", errc::malformed},
        {"one bare line feed", "HTTP/1.1 200 OK\r\nA: b\nContent-Length: 2\r\n\r\n{}", errc::malformed},
        {"folded header", with("A: b\r\n c\r\nContent-Length: 2\r\n"), errc::malformed},
        {"NUL in a header", with(std::string_view("A: b\0c\r\nContent-Length: 2\r\n", 26)), errc::malformed},
        {"blank before the colon", with("A : b\r\nContent-Length: 2\r\n"), errc::malformed},
        {"no HTTP", "<html>captive portal</html>\r\n\r\n", errc::malformed},
        {"bad chunk size", with("Transfer-Encoding: chunked\r\n", "zz\r\n"), errc::malformed},
        {"chunk longer than said", with("Transfer-Encoding: chunked\r\n", "1\r\n{}\r\n0\r\n\r\n"), errc::malformed},
        {"long header", with("A: " + std::string(70000, 'x') + "\r\nContent-Length: 2\r\n"), errc::too_large},
        {"endless header", "HTTP/1.1 200 OK\r\nA: " + std::string(70000, 'x'), errc::too_large},
        {"long body by length", with("Content-Length: 100000\r\n", std::string(100000, 'x')), errc::too_large},
        {"long body by chunks", with("Transfer-Encoding: chunked\r\n", "186a0\r\n" + std::string(100000, 'x')),
         errc::too_large},
        {"endless chunk extension", with("Transfer-Encoding: chunked\r\n", "2;" + std::string(5'000'000, 'x')),
         errc::too_large},
        {"leading zeros without end", with("Transfer-Encoding: chunked\r\n", std::string(1'000'000, '0')),
         errc::too_large},
        {"trailers without end",
         with("Transfer-Encoding: chunked\r\n", "0\r\n" + repeated("X-Trailer: 1\r\n", 100'000)), errc::too_large},
        {"six provisional answers", repeated("HTTP/1.1 103 Early\r\n\r\n", 6) + by_length, errc::malformed},
    };
    for (const auto& row : rows)
        BOOST_TEST_CONTEXT(row.what)
        {
            for (auto piece : {std::string::npos, std::size_t(1000)}) {
                auto got = read(row.answer, ending::orderly, piece);
                BOOST_TEST_REQUIRE((got.last == step::failed));
                BOOST_TEST(got.why->code == row.code);
                BOOST_TEST(got.why->how_far == reach::maybe_sent);
            }
        }
}

BOOST_AUTO_TEST_CASE(n19_a_compressed_answer_is_an_answer_that_cannot_be_used)
{
    for (auto coding : {"gzip", "br", "deflate", "GZIP", "gzip, identity"}) {
        auto got = read(with("Content-Encoding: " + std::string(coding) + "\r\nContent-Length: 2\r\n"));
        BOOST_TEST_REQUIRE((got.last == step::failed), coding);
        BOOST_TEST(got.why->code == errc::malformed);
        BOOST_TEST(got.why->how_far == reach::answered);
        BOOST_TEST(got.why->http_status == 200);
    }
    BOOST_TEST((read(with("Content-Encoding: identity\r\nContent-Length: 2\r\n")).last == step::done));
}

BOOST_AUTO_TEST_CASE(n17_provisional_answers_are_skipped)
{
    auto hints = "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n";
    for (std::size_t times = 1; times <= 5; ++times)
        for (auto piece : {std::string::npos, std::size_t(7)}) {
            auto got =
                read(repeated("HTTP/1.1 100 Continue\r\n\r\n", times - 1) + hints + by_length, ending::cut, piece);
            BOOST_TEST((got.last == step::done), times);
            BOOST_TEST(got.status == 200);
            BOOST_TEST(got.body == content);
        }
    auto alone = read("HTTP/1.1 100 Continue\r\n\r\n", ending::orderly);
    BOOST_TEST((alone.last == step::failed));
    BOOST_TEST(alone.why->code == errc::connection_lost);
}

BOOST_AUTO_TEST_CASE(n16_bytes_behind_the_message_are_counted_and_forbid_reuse)
{
    for (const auto& answer : {by_length, by_chunks}) {
        auto got = read(answer + "<br />");
        BOOST_TEST((got.last == step::done));
        BOOST_TEST(got.body == content);
        BOOST_TEST(got.leftover == 6u);
        BOOST_TEST(!got.keep_alive);
    }
}

BOOST_AUTO_TEST_CASE(n18_answers_without_a_body_end_with_their_header)
{
    for (auto status : {"HTTP/1.1 204 No Content", "HTTP/1.1 304 Not Modified"}) {
        auto got = read(with("", "", status), ending::none);
        BOOST_TEST((got.last == step::done), status);
        BOOST_TEST(got.framing_ok);
        BOOST_TEST(got.body == "");
    }
    auto empty = read(with("Content-Length: 0\r\n", "", "HTTP/1.1 302 Found"), ending::none);
    BOOST_TEST((empty.last == step::done));
    BOOST_TEST(empty.status == 302);
}

BOOST_AUTO_TEST_CASE(the_peer_may_ask_for_the_end_of_the_connection)
{
    BOOST_TEST(!read(with("Connection: close\r\nContent-Length: 2\r\n")).keep_alive);
    auto old = read(with("Content-Length: 2\r\n", "{}", "HTTP/1.0 200 OK"));
    BOOST_TEST((old.last == step::done));
    BOOST_TEST(old.framing_ok);
    BOOST_TEST(!old.keep_alive);
}

BOOST_AUTO_TEST_CASE(a_status_line_without_words_is_sound_and_equal_lengths_may_repeat)
{
    BOOST_TEST((read(with("Content-Length: 2\r\n", "{}", "HTTP/1.1 200 ")).last == step::done));
    BOOST_TEST((read(with("Content-Length: 2\r\nContent-Length: 2\r\n")).last == step::done));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::http::testing
