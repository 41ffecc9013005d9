// A gateway that limits or refuses may do so after the provider has acted, and keep its body: what names a purchase is
// never taken for a refusal, at any provider, for any call that costs.
#include "providers/iletimerkezi/read.hpp"
#include "providers/outcome.hpp"
#include "providers/smmonayim_numbers/read.hpp"
#include "providers/smmonayim_panel/read.hpp"
#include "providers/tamonay/read.hpp"
#include "providers/toplusms/read.hpp"
#include "sample.hpp"

#include <functional>

BOOST_AUTO_TEST_SUITE(claimed_purchase_)

using namespace ulak;
using namespace ulak::providers;
using ulak::tests::answer;
using ulak::tests::complete;
using ulak::tests::sample;

namespace {

/// What became of an answer, and the id that it claims.
struct verdict {
    classification as;
    std::string id;
    std::string failure;
};

template<class T>
std::function<verdict(const http::response&)> judge(result<T> (*read)(const http::response&), std::string T::* id)
{
    return [read, id](const http::response& r) {
        const auto o = read_outcome<T>(complete(r), read);
        return verdict{o.classified_as, o.claimed ? (*o.claimed).*id : std::string(),
                       o.failure ? o.failure->message : std::string()};
    };
}

/// A call that costs: its saved success, the id in it, the same id in an answer that contradicts itself, and a refusal.
struct purchase {
    std::string saved, id;
    std::string contradiction, refusal;
    std::function<verdict(const http::response&)> settle;
};

const std::vector<purchase>& purchases()
{
    static const std::vector<purchase> all{
        {"numbers_order", "100", R"({"success":false,"number_id":100,"message":"Stok yok"})",
         R"({"success":false,"message":"Stok yok"})", judge(smmonayim_numbers::wire::read_number, &number_order::id)},
        {"panel_add", "23501", R"({"order":23501,"error":"Not enough funds"})", R"({"error":"Not enough funds"})",
         judge(smmonayim_panel::wire::read_add, &panel_receipt::order_id)},
        {"tamonay_order", "123", R"({"success":false,"message":"Stok yok","data":{"id":123}})",
         R"({"success":false,"message":"Stok yok"})", judge(tamonay::wire::read_order, &number_order::id)},
        {"toplusms_send", "112233", R"({"status":"error","errorMessage":"Bakiye","queueId":112233})",
         R"({"status":"error","errorMessage":"Bakiye","errorCode":9})",
         judge(toplusms::wire::read_send, &sms_receipt::queue_id)},
        {"toplusms_send_by_url", "112233", R"({"status":"error","errorMessage":"Bakiye","queueId":112233})",
         R"({"status":"error","errorMessage":"Bakiye","errorCode":9})",
         judge(toplusms::wire::read_send, &sms_receipt::queue_id)},
        {"iletimerkezi_send", "428", R"({"response":{"status":{"code":452,"message":"Bakiye"},"order":{"id":428}}})",
         R"({"response":{"status":{"code":452,"message":"Bakiye"}}})",
         judge(iletimerkezi::wire::read_send, &sms_receipt::queue_id)},
    };
    return all;
}

constexpr int statuses[] = {202, 204, 301, 400, 401, 402, 403, 404, 405, 408, 409, 410,
                            413, 414, 415, 418, 422, 425, 429, 451, 499, 500, 503};

} // namespace

BOOST_AUTO_TEST_CASE(a_success_with_an_id_under_any_other_status_is_a_doubt_that_keeps_the_id)
{
    for (const auto& p : purchases())
        for (const int status : statuses)
            BOOST_TEST_CONTEXT(p.saved << " with " << status)
            {
                const auto got = p.settle(answer(sample(p.saved), status));
                BOOST_TEST(name(got.as) == "ambiguous");
                BOOST_TEST(got.id == p.id);
            }
}

BOOST_AUTO_TEST_CASE(an_id_beside_a_refusal_is_a_doubt_under_every_status)
{
    for (const auto& p : purchases())
        for (const int status : {200, 400, 403, 404, 422, 429})
            BOOST_TEST_CONTEXT(p.saved << " with " << status)
            {
                const auto got = p.settle(answer(p.contradiction, status));
                BOOST_TEST(name(got.as) == "ambiguous");
                BOOST_TEST(got.failure.find(p.id) != std::string::npos, got.failure);
            }
}

BOOST_AUTO_TEST_CASE(a_refusal_without_an_id_is_as_certain_as_before)
{
    for (const auto& p : purchases())
        BOOST_TEST_CONTEXT(p.saved)
        {
            BOOST_TEST(name(p.settle(answer(p.refusal)).as) == "rejected");
            BOOST_TEST(name(p.settle(answer(p.refusal, 422)).as) == "rejected");
            BOOST_TEST(name(p.settle(answer(p.refusal, 429)).as) == "rate_limited");
            BOOST_TEST(name(p.settle(tests::page(403)).as) == "rejected");
            BOOST_TEST(name(p.settle(tests::page(429)).as) == "rate_limited");
            BOOST_TEST(name(p.settle(answer("", 404)).as) == "rejected");
            BOOST_TEST(name(p.settle(answer(sample(p.saved))).as) == "accepted");
            BOOST_TEST(name(p.settle(answer(sample(p.saved), 201)).as) == "accepted");
        }
}

BOOST_AUTO_TEST_SUITE_END()
