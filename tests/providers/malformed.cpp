// Every call that answers with JSON, fed with everything that is not a sound answer.
#include "providers/detail/json_parse.hpp"

#include "all_calls.hpp"

BOOST_AUTO_TEST_SUITE(malformed_)

using namespace ulak;
using namespace ulak::providers;
using tests::answer;
using tests::calls;
using tests::sample;
using tests::trimmed;

namespace {

const std::vector<std::string>& nonsense()
{
    static const std::vector<std::string> all{"",
                                              " ",
                                              "\n",
                                              "null",
                                              "true",
                                              "0",
                                              "-1",
                                              "\"text\"",
                                              "{",
                                              "}",
                                              "[",
                                              "[[",
                                              "{]",
                                              "{}{}",
                                              "NaN",
                                              "{\"a\":NaN}",
                                              "<br />\n<b>Warning</b>",
                                              "Array ( )",
                                              "OK",
                                              "error",
                                              "\xff\xfe{",
                                              "{balance: 1}",
                                              "{\"a\":1,}",
                                              std::string(40, '['),
                                              std::string(5'000, '{'),
                                              std::string("{\"\0\":1}", 7),
                                              "{\"a\":\"\xc0\x80\"}"};
    return all;
}

// One scalar of the answer after the other is replaced by something of another kind.
std::vector<std::string> with_one_scalar_changed(const std::string& body)
{
    std::vector<std::string> out;
    for (std::size_t i = 0; i < body.size(); ++i) {
        if (body[i] != ':')
            continue;
        const auto begin = body.find_first_not_of(" \t\n", i + 1);
        const auto end = body[begin] == '"' ? body.find('"', begin + 1) + 1 : body.find_first_of(",}]\n", begin);
        if (body[begin] == '{' || body[begin] == '[' || end == std::string::npos)
            continue;
        for (const char* other : {"null", "[]", "{}", "true", "-7", "1e309", "\"\\u0000\"", "[1,[2]]"})
            out.push_back(body.substr(0, begin) + other + body.substr(end));
    }
    return out;
}

} // namespace

BOOST_AUTO_TEST_CASE(every_sample_is_read_as_it_is)
{
    for (const auto& c : calls())
        BOOST_TEST_CONTEXT(c.saved)
        {
            const auto got = c.read(answer(sample(c.saved)));
            BOOST_TEST(!!got, (got ? error() : got.error()));
            if (c.costly)
                BOOST_TEST(name(c.settle(tests::complete(answer(sample(c.saved))))) == "accepted");
        }
}

BOOST_AUTO_TEST_CASE(j01_no_truncation_of_a_sample_is_taken_for_the_whole)
{
    for (const auto& c : calls()) {
        const auto whole = trimmed(sample(c.saved));
        for (std::size_t n = 0; n < whole.size(); ++n) {
            const auto cut = answer(whole.substr(0, n));
            if (c.read(cut))
                BOOST_ERROR(c.saved << " was read from " << n << " of " << whole.size() << " bytes");
            if (c.costly && c.settle(tests::complete(cut)) != classification::ambiguous)
                BOOST_ERROR(c.saved << ", cut at " << n << ", was not doubtful");
        }
    }
}

BOOST_AUTO_TEST_CASE(n15_n16_an_unframed_answer_is_never_taken_even_if_it_is_whole)
{
    for (const auto& c : calls()) {
        if (!c.costly)
            continue;
        auto e = tests::complete(answer(sample(c.saved)));
        e.trace.framing_ok = false;
        BOOST_TEST(name(c.settle(e)) == "ambiguous");
        e.trace.framing_ok = true;
        e.trace.leftover = 1;
        BOOST_TEST(name(c.settle(e)) == "ambiguous");
    }
}

BOOST_AUTO_TEST_CASE(j01_j06_j07_nonsense_is_a_breach_of_contract_for_every_call)
{
    for (const auto& c : calls())
        for (const auto& body : nonsense()) {
            const auto got = c.read(answer(body));
            if (got || got.error().code != errc::contract)
                BOOST_ERROR(c.saved << " made something of: " << body.substr(0, 40));
            if (c.costly && c.settle(tests::complete(answer(body))) != classification::ambiguous)
                BOOST_ERROR(c.saved << " was sure of: " << body.substr(0, 40));
        }
}

BOOST_AUTO_TEST_CASE(n22_n24_pages_are_breaches_under_any_good_status_and_doubtful_for_costly_calls)
{
    for (const auto& c : calls())
        for (const int status : {200, 201, 301, 302, 303, 307, 308}) {
            const auto got = c.read(tests::page(status));
            BOOST_REQUIRE(!got);
            BOOST_TEST(name(got.error().code) == "contract", c.saved << " " << status);
            BOOST_TEST(got.error().message.find("web page") != std::string::npos, c.saved);
            if (c.costly)
                BOOST_TEST(name(c.settle(tests::complete(tests::page(status)))) == "ambiguous",
                           c.saved << " " << status);
        }
}

BOOST_AUTO_TEST_CASE(n18_n20_n23_a_good_body_under_a_bad_status_is_no_success)
{
    for (const auto& c : calls())
        for (const int status : {202, 203, 204, 205, 206, 226, 301, 304, 400, 401, 403,
                                 404, 408, 409, 418, 425, 429, 500, 502, 503, 504}) {
            if (status >= 300)
                BOOST_TEST(!c.read(answer(sample(c.saved), status)), c.saved << " " << status);
            if (c.costly)
                BOOST_TEST((c.settle(tests::complete(answer(sample(c.saved), status))) != classification::accepted),
                           c.saved << " " << status);
        }
}

BOOST_AUTO_TEST_CASE(n21_an_error_of_the_server_is_always_doubtful)
{
    for (const auto& c : calls())
        for (const int status : {500, 502, 503, 504, 520})
            for (const std::string body :
                 {"", "{}", R"({"success":false,"message":"x"})", R"({"status":"error","errorCode":3})",
                  R"({"error":"x"})", R"({"response":{"status":{"code":451}}})"})
                if (c.costly && c.settle(tests::complete(answer(body, status))) != classification::ambiguous)
                    BOOST_ERROR(c.saved << " was sure of " << status << " " << body);
}

BOOST_AUTO_TEST_CASE(j03_strange_scalars_are_survived_and_never_accepted_without_an_id)
{
    std::size_t n = 0;
    for (const auto& c : calls())
        for (const auto& body : with_one_scalar_changed(trimmed(sample(c.saved)))) {
            ++n;
            const auto got = c.read(answer(body)); // must not crash; what it says depends on the field
            if (c.costly && got)
                BOOST_TEST(!!parse_provider_json(body), body);
        }
    BOOST_TEST(n > 500u);
}

BOOST_AUTO_TEST_CASE(errors_name_neither_body_nor_number)
{
    const std::string canary =
        R"({"number":"+905559998877","token":"kanarya-1234","success":true,"status":"success","data":{}})";
    for (const auto& c : calls()) {
        const auto got = c.read(answer(canary));
        if (got)
            continue;
        BOOST_TEST(got.error().message.find("5559998877") == std::string::npos, got.error().message);
        BOOST_TEST(got.error().message.find("kanarya") == std::string::npos, got.error().message);
    }
}

BOOST_AUTO_TEST_SUITE_END()
