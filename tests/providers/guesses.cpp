// Where a provider documents no codes, the words of its refusal are guessed at. A guess may name a reason; it must
// never decide whether money is gone.
#include "providers/iletimerkezi/read.hpp"
#include "providers/outcome.hpp"
#include "providers/smmonayim_numbers/read.hpp"
#include "providers/smmonayim_panel/read.hpp"
#include "providers/tamonay/read.hpp"
#include "providers/toplusms/read.hpp"
#include "sample.hpp"

#include <functional>
#include <set>

BOOST_AUTO_TEST_SUITE(guesses_)

using namespace ulak;
using namespace ulak::providers;
using ulak::tests::answer;
using ulak::tests::complete;

namespace {

using reader = std::function<classification(const http::response&)>;

template<class T>
reader judged_by(result<T> (*read)(const http::response&))
{
    return [read](const http::response& r) { return read_outcome<T>(complete(r), read).classified_as; };
}

struct costly {
    const char* name;
    reader judge;
};

const std::vector<costly> calls{{"tamonay", judged_by(tamonay::wire::read_order)},
                                {"toplusms", judged_by(toplusms::wire::read_send)},
                                {"iletimerkezi", judged_by(iletimerkezi::wire::read_send)},
                                {"numbers", judged_by(smmonayim_numbers::wire::read_number)},
                                {"panel", judged_by(smmonayim_panel::wire::read_add)}};

const std::vector<std::string> guessed{
    "Stok yok",        "Yetersiz bakiye",  "Not enough funds",         "link_duplicate",    "Incorrect order ID",
    "Invalid API key", "Unauthenticated.", "Kullanıcı doğrulanamadı.", "Too many requests", "No numbers"};

/// Bodies with room for words.
const std::vector<std::string> bodies{R"({"message":"@"})",
                                      R"({"error":"@"})",
                                      R"({"success":false,"message":"@"})",
                                      R"({"success":false,"title":"@","message":""})",
                                      R"({"success":true,"message":"@"})",
                                      R"({"success":true,"message":"@","data":{"status":"active"}})",
                                      R"({"success":false,"number_id":7,"message":"@"})",
                                      R"({"success":true,"number_id":7,"number":"+905551112233","error":"@"})",
                                      R"({"order":7,"error":"@"})",
                                      R"({"order":null,"error":"@"})",
                                      R"({"status":"error","errorMessage":"@","errorCode":9})",
                                      R"({"status":"error","errorMessage":"@","queueId":7})",
                                      R"({"status":"@","queueId":7})",
                                      R"({"response":{"status":{"code":499,"message":"@"}}})",
                                      R"({"response":{"status":{"code":503,"message":"@"}}})",
                                      R"({"response":{"status":{"message":"@"},"order":{"id":7}}})",
                                      R"(["@"])",
                                      R"("@")",
                                      "@",
                                      "<html>@</html>",
                                      R"({"message":"@")"};

const std::vector<int> statuses{200, 201, 202, 204, 301, 302, 400, 401, 402, 403, 404, 408,
                                409, 410, 422, 425, 429, 451, 499, 500, 502, 503, 504, 520};

std::string with_words(std::string body, const std::string& words)
{
    return body.replace(body.find('@'), 1, words);
}

} // namespace

BOOST_AUTO_TEST_CASE(no_words_change_what_became_of_the_money)
{
    std::size_t tried = 0;
    std::set<classification> met;
    for (const costly& call : calls)
        for (const int status : statuses)
            for (const std::string& body : bodies) {
                const auto plain = call.judge(answer(with_words(body, "Merhaba"), status));
                met.insert(plain);
                for (const std::string& words : guessed) {
                    const auto got = call.judge(answer(with_words(body, words), status));
                    ++tried;
                    if (got != plain)
                        BOOST_ERROR(call.name << " " << status << " " << with_words(body, words) << ": " << name(got)
                                              << ", with other words " << name(plain));
                }
                if (status >= 500 && plain != classification::ambiguous)
                    BOOST_ERROR(call.name << " " << status << " " << body << ": " << name(plain));
                const bool limited = plain == classification::rate_limited;
                if (limited != (status == 429) && (limited || plain != classification::ambiguous))
                    BOOST_ERROR(call.name << " " << status << " " << body << ": " << name(plain));
            }
    BOOST_TEST(tried > 20'000u);
    BOOST_TEST(!met.contains(classification::not_sent)); // which no answer can prove
    BOOST_TEST(met.contains(classification::ambiguous));
    BOOST_TEST(met.contains(classification::rejected));
}

BOOST_AUTO_TEST_CASE(an_answer_with_both_an_id_and_a_refusal_stays_a_doubt)
{
    const std::pair<const char*, const char*> rows[] = {
        {"toplusms", R"({"status":"error","errorMessage":"Yetersiz bakiye","queueId":7})"},
        {"numbers", R"({"success":false,"number_id":7,"message":"Yetersiz bakiye"})"},
        {"numbers", R"({"success":true,"number_id":7,"number":"+1","error":"Yetersiz bakiye"})"},
        {"iletimerkezi", R"({"response":{"status":{"code":402,"message":"Bakiye"},"order":{"id":7}}})"},
    };
    for (const auto& [name_, body] : rows)
        for (const costly& call : calls)
            if (std::string(call.name) == name_)
                BOOST_TEST(name(call.judge(answer(body))) == "ambiguous", body);
}

BOOST_AUTO_TEST_SUITE_END()
