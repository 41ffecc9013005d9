#include "kinds/otp_acquire/offers.hpp"

#include "kinds/otp_acquire/otp_world.hpp"

#include <boost/json/serialize.hpp>

BOOST_AUTO_TEST_SUITE(offers_)

namespace {

using namespace ulak;
using namespace ulak::tests;
using kinds::otp::offer;
using kinds::otp::read_offer;
using kinds::otp::read_offers;

struct offers_world : otp_parts {
    offer read() { return run(read_offer(*context, settings, 0)); }
    std::string order_of_candidates(std::size_t first)
    {
        std::string all;
        for (const offer& o : run(read_offers(*context, settings, first)))
            all += std::to_string(o.candidate);
        return all;
    }
};

/// A seller whose price list fails.
struct failing_seller : fake_numbers {
    explicit failing_seller(async::clock& t, errc code_) : fake_numbers(t), code(code_) {}
    task<result<providers::service>> offer(std::string, async::steady_point) override
    {
        co_return error(code, "no list", reach::answered);
    }
    errc code;
};

} // namespace

BOOST_AUTO_TEST_CASE(an_offer_is_refused_for_its_price_or_stock)
{
    struct row {
        const char* what;
        std::optional<money> price, max_price;
        std::optional<std::int64_t> stock;
        const char* refusal;
    };
    const auto usd = money(decimal::from_integer(1), "USD");
    for (const row& r : std::vector<row>{
             {"usable", lira_of(8), lira_of(8), 1, ""},
             {"usable without limits", lira_of(8), {}, {}, ""},
             {"usable at an unknown price", {}, {}, {}, ""},
             {"no stock", lira_of(8), lira_of(8), 0, "no numbers in stock"},
             {"too dear", lira_of(9), lira_of(8), 1, "9.00 TRY is above max_price"},
             {"no price to compare", {}, lira_of(8), 1, "no price is known to compare with max_price"},
             {"free", lira_of(0), {}, 1, "a price of 0.00 TRY cannot be right"},
             {"below nothing", lira_of(-1), lira_of(8), 1, "a price of -1.00 TRY cannot be right"},
             {"another unit", usd, lira_of(8), 1, "the price is in USD, max_price in TRY"},
         }) {
        BOOST_TEST_CONTEXT(r.what)
        {
            offers_world w;
            w.numbers.price = r.price;
            w.numbers.stock = r.stock;
            w.settings.candidates[0].max_price = r.max_price;
            const offer o = w.read();
            BOOST_TEST(o.refusal == r.refusal);
            BOOST_TEST(!o.refusal_may_pass);
            BOOST_TEST(!o.read_error.has_value());
            BOOST_TEST((o.price == r.price));
        }
    }
}

BOOST_AUTO_TEST_CASE(an_offer_that_cannot_be_read_is_usable_only_without_a_limit)
{
    struct row {
        errc code;
        bool limited;
        bool refused, may_pass;
    };
    for (const row& r : std::vector<row>{{errc::transient, false, false, false},
                                         {errc::transient, true, true, true},
                                         {errc::not_found, false, true, false},
                                         {errc::not_found, true, true, false}}) {
        offers_world w;
        w.account("numbers").numbers = std::make_unique<failing_seller>(w.clock, r.code);
        if (r.limited)
            w.settings.candidates[0].max_price = lira_of(8);
        const offer o = w.read();
        BOOST_TEST(!o.refusal.empty() == r.refused);
        BOOST_TEST(o.refusal_may_pass == r.may_pass);
        BOOST_TEST_REQUIRE(o.read_error.has_value());
        BOOST_TEST((o.read_error->code == r.code));
    }
}

BOOST_FIXTURE_TEST_CASE(templates_are_filled_with_the_parameters_of_the_run, offers_world)
{
    settings.candidates[0].service = job::text_template::parse("${app|lower}").value();
    settings.candidates[0].operator_name = job::text_template::parse("${op|default(\"any\")}").value();
    BOOST_TEST(!read().refusal.empty()); // nothing is asked for under an empty name
    params["app"] = "WhatsApp";
    renew();
    const offer o = read();
    BOOST_TEST(o.refusal.empty());
    BOOST_TEST(o.service == "whatsapp");
    BOOST_TEST(o.operator_name == "any");
}

BOOST_FIXTURE_TEST_CASE(an_account_that_is_gone_or_sells_nothing_is_named, offers_world)
{
    has_balance("broke");
    for (const char* name : {"elsewhere", "broke"}) {
        settings.candidates[0].account = name;
        BOOST_TEST(read().refusal == "the account " + std::string(name) + " is gone from ulak.yaml");
    }
}

BOOST_FIXTURE_TEST_CASE(candidates_come_in_order_or_by_price, offers_world)
{
    sells_numbers("second").price = lira_of(3);
    sells_numbers("third").price.reset();
    sells_numbers("fourth").price = lira_of(3);
    for (const char* name : {"second", "third", "fourth"})
        add_candidate(name, "3");
    BOOST_TEST(order_of_candidates(0) == "0123");
    BOOST_TEST(order_of_candidates(2) == "2301");
    settings.by_price = true;
    BOOST_TEST(order_of_candidates(2) == "1302"); // equal prices in the file's order, unknown ones last
}

BOOST_FIXTURE_TEST_CASE(the_plan_shows_each_offer_with_its_reason, offers_world)
{
    BOOST_TEST(
        json::serialize(to_json(read(), settings)) ==
        R"({"account":"numbers","service":"3","price":{"amount":"8.00","unit":"TRY"},"stock":10,"usable":true,"reason":null})");
    numbers.price.reset();
    numbers.stock = 0;
    BOOST_TEST(
        json::serialize(to_json(read(), settings)) ==
        R"({"account":"numbers","service":"3","price":null,"stock":0,"usable":false,"reason":"no numbers in stock"})");
}

BOOST_AUTO_TEST_SUITE_END()
