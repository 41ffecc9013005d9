// J1 to J11 of the fault table, each for every call that is answered with JSON. More of it stands in json.cpp,
// malformed.cpp and the files of the protocols, under names that begin with the same letters.
#include "providers/detail/json.hpp"

#include "all_calls.hpp"
#include "core/phone.hpp"
#include "providers/detail/answer.hpp"

#include <regex>

using namespace ulak;
using namespace ulak::providers;
using tests::answer;
using tests::calls;
using tests::sample;
using tests::trimmed;

namespace {

std::size_t tried = 0;

struct count_faults {
    ~count_faults() { BOOST_TEST_MESSAGE(tried << " payloads so far"); }
};

/// Every number, also one that is a text of its own, replaced in turn.
std::vector<std::string> with_each_number_as(const std::string& body, const std::string& other)
{
    static const std::regex number(R"re("\s*:\s*("-?\d+(?:\.\d+)?"|-?\d+(?:\.\d+)?)\s*[,\]\}])re");
    std::vector<std::string> out;
    for (std::sregex_iterator at(body.begin(), body.end(), number), end; at != end; ++at) {
        const auto where = static_cast<std::size_t>(at->position(1));
        out.push_back(body.substr(0, where) + other + body.substr(where + static_cast<std::size_t>(at->length(1))));
    }
    return out;
}

std::string between(std::string left, const std::string& middle, std::string right)
{
    return std::move(left) + middle + std::move(right);
}

void never_taken(const tests::call& c, const std::string& body, std::string_view what)
{
    ++tried;
    const auto got = c.read(answer(body));
    if (got || got.error().code != errc::contract)
        BOOST_ERROR(c.saved << " made something of " << what);
    if (c.costly && c.settle(tests::complete(answer(body))) != classification::ambiguous)
        BOOST_ERROR(c.saved << " was sure of " << what);
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(payloads_, count_faults)

BOOST_AUTO_TEST_CASE(j01_whatever_stands_behind_or_before_a_sound_document_spoils_it)
{
    for (const auto& c : calls()) {
        const auto body = trimmed(sample(c.saved));
        for (const std::string more :
             {"x", "{}", "[]", "}", "]", ",", "0", "null", "\"", "<!-- -->", "<br />", "//", "/* */"}) {
            never_taken(c, body + more, "something behind it: " + more);
            never_taken(c, more + body, "something before it: " + more);
        }
        never_taken(c, body + std::string(1, '\0'), "a NUL behind it");
        never_taken(c, body + body, "two documents");
        never_taken(c, body + "\n" + body, "two lines");
        never_taken(c, "\xfe\xff" + body, "the mark of UTF-16");
        never_taken(c, body.substr(1), "no beginning");
    }
}

BOOST_AUTO_TEST_CASE(j02_numbers_beyond_all_measure_never_become_an_id_or_money)
{
    const std::string odd[] = {"1e309",
                               "-1e309",
                               "1e-400",
                               "-0",
                               "-0.0",
                               "0",
                               "-1",
                               "1.5",
                               "1e3",
                               "123456789012345678901234567890",
                               std::string(100, '9'),
                               "\"1e309\"",
                               "\"-1\"",
                               "\"0\"",
                               "\"NaN\"",
                               "\"Infinity\"",
                               "\"0x10\"",
                               "\" \""};
    for (const auto& c : calls()) {
        if (!c.costly)
            continue;
        const auto body = trimmed(sample(c.saved));
        for (const auto& other : odd)
            for (const auto& changed : with_each_number_as(body, other)) {
                ++tried;
                auto e = tests::complete(answer(changed));
                if (c.settle(e) != classification::accepted)
                    continue;
                // Only what is no id at all may be odd: the id must still be there as it was.
                const bool id_kept =
                    changed.find("100,") != std::string::npos || changed.find("23501") != std::string::npos ||
                    changed.find("\"id\": 123,") != std::string::npos || changed.find("112233") != std::string::npos ||
                    changed.find("428") != std::string::npos || changed.find("queueId") == std::string::npos;
                BOOST_TEST(id_kept, c.saved << " accepted " << changed);
            }
    }
    for (const char* never : {"NaN", "Infinity", "-Infinity", "+1", ".5", "5.", "0x10", "1_000", "1,5"})
        for (const auto& c : calls())
            for (const auto& changed : with_each_number_as(trimmed(sample(c.saved)), never))
                never_taken(c, changed, never);
}

BOOST_AUTO_TEST_CASE(j04_a_negative_balance_is_kept_and_the_currency_is_the_providers)
{
    namespace nw = smmonayim_numbers::wire;
    namespace pw = smmonayim_panel::wire;
    const auto owed = nw::read_balance(answer(R"({"balance":-3.50})"));
    BOOST_REQUIRE(owed);
    BOOST_TEST(owed->amount.negative());
    const auto euros = pw::read_balance(answer(R"({"balance":"5.00","currency":"EUR"})"), "USD");
    BOOST_REQUIRE(euros);
    BOOST_TEST(euros->unit == "EUR");
}

BOOST_AUTO_TEST_CASE(j05_a_key_with_two_values_spoils_any_answer)
{
    for (const auto& c : calls()) {
        const auto body = trimmed(sample(c.saved));
        if (body.front() != '{')
            continue;
        never_taken(c, between("{\"twice\":1,\"twice\":2,", body.substr(1), ""), "two values");
        never_taken(c, between("{\"x\":{\"a\":[1],\"a\":[2]},", body.substr(1), ""), "two values further in");
        ++tried;
        BOOST_TEST(!!c.read(answer(between("{\"twice\":1,\"twice\":1,", body.substr(1), ""))), c.saved);
    }
}

BOOST_AUTO_TEST_CASE(j06_deep_wide_and_long_documents_end_in_an_error)
{
    std::string deep(100'000, '['), wide = "[0", many = "{\"a0\":0", names = "{";
    for (int i = 0; i < 1'000'000; ++i)
        wide += ",0";
    for (int i = 1; i < 150'000; ++i)
        many += ",\"a" + std::to_string(i) + "\":0";
    for (int i = 0; i < 40; ++i)
        names += (i == 0 ? "{\"k" : "\"k") + std::to_string(i) + "\":{";
    const std::string all[] = {deep,
                               std::string(33, '[') + std::string(33, ']'),
                               between(std::string(40, '['), "1", std::string(40, ']')),
                               wide + "]",
                               many + "}",
                               "{\"" + std::string(64 * 1024, 'k') + "\":1}",
                               "{\"k\":\"" + std::string(1024 * 1024, 'v') + "\"}",
                               "[" + std::string(1'000'000, '9') + "]"};
    for (const auto& c : calls())
        for (const auto& body : all)
            if (c.costly || &body == &all[0] || body.size() < 100'000)
                never_taken(c, body, "a document of " + std::to_string(body.size()) + " bytes");
}

BOOST_AUTO_TEST_CASE(j07_no_letter_of_an_answer_can_write_on_a_terminal_or_break_a_line)
{
    const std::string sly[] = {"\\u001b[2J\\u001b[31m", "a\\r\\nlevel=info paid", "\\u0000\\u0007\\u008b",
                               "\\u202egnp.exe", "\\ud83d\\ude00\\u2028\\u0085"};
    for (const auto& text : sly)
        for (const std::string form :
             {R"({"success":false,"message":"@"})", R"({"status":"error","errorMessage":"@","errorCode":7})",
              R"({"error":"@"})", R"({"response":{"status":{"code":450,"message":"@"}}})"}) {
            auto body = form;
            body.replace(body.find('@'), 1, text);
            for (const auto& c : calls()) {
                ++tried;
                const auto got = c.read(answer(body));
                if (got)
                    continue;
                for (const char letter : got.error().message)
                    if (static_cast<unsigned char>(letter) < 0x20 || letter == 0x7f)
                        BOOST_ERROR(c.saved << " lets through a control character of " << text);
            }
        }
    for (const std::string bad :
         {"\xc0\x80", "\xed\xa0\x80", "\xff", "\xf5\x80\x80\x80", "\xe2\x82", "\x01", "\n", "\x7f\xfe"})
        for (const auto& c : calls()) {
            const auto body = trimmed(sample(c.saved));
            if (body.front() == '{' && bad != "\x7f\xfe")
                never_taken(c, between("{\"x\":\"", bad, "\"," + body.substr(1)), "letters that are none");
        }
    for (const auto& c : calls()) {
        const auto body = trimmed(sample(c.saved));
        if (body.front() == '{')
            never_taken(c, "{\"x\":\"\\ud800\"," + body.substr(1), "half a letter");
    }
}

BOOST_AUTO_TEST_CASE(j10_an_answer_about_another_order_is_no_answer)
{
    namespace nw = smmonayim_numbers::wire;
    namespace tw = tamonay::wire;
    namespace pw = smmonayim_panel::wire;
    for (const char* other : {"99", "1000", "10", "1", "0100x"}) {
        BOOST_TEST(!nw::read_message(answer(sample("numbers_message")), other), other);
        BOOST_TEST(!tw::read_number_status(answer(sample("tamonay_news")), {}, other), other);
    }
    const auto many = pw::read_statuses(answer(sample("panel_statuses")), {"777"});
    BOOST_TEST((!many || !many->contains("777")));
}

BOOST_AUTO_TEST_CASE(j11_phone_numbers_come_in_odd_forms_and_mean_one_person_or_nobody)
{
    for (const char* form : {"5551112233", "05551112233", "905551112233", "+905551112233", "00905551112233",
                             "+90 555 111 22 33", "0(555)111 22 33", " 5551112233\t", "555-111-22-33"}) {
        const auto one = phone::parse(form);
        BOOST_TEST_REQUIRE(one.has_value(), form);
        BOOST_TEST(one->digits() == "5551112233");
    }
    for (const char* form : {"", "555111223", "55511122334", "4551112233", "+445551112233", "555111223x",
                             "5551112233,5551112234", "5551112233;", "+90+905551112233", "5.551112233e9"})
        BOOST_TEST(!phone::parse(form), form);
}

BOOST_AUTO_TEST_SUITE_END()
