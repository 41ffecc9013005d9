#include "providers/protocol_descriptor.hpp"

#include "sample.hpp"

BOOST_AUTO_TEST_SUITE(protocol_descriptor_)

using namespace ulak;
using namespace ulak::providers;

namespace {

struct balance_only : balance_reader {
    task<result<money>> balance(async::steady_point) override { co_return error(errc::unsupported, "no"); }
};

struct sender_only : sms_sender {
    std::size_t max_recipients() const override { return 1; }
    std::size_t max_segments() const override { return 1; }
    bool takes_encoding() const override { return false; }
    bool takes_validity() const override { return false; }
    task<outcome<sms_receipt>> send(sms_order, purchase_gate) override
    {
        co_return outcome<sms_receipt>(classification::not_sent);
    }
    task<result<sms_report>> report(std::string, async::steady_point) override
    {
        co_return error(errc::unsupported, "no");
    }
};

struct both : balance_only, sender_only {};

template<class Client>
result<std::shared_ptr<Client>> open_one(account& a, const account_settings& s, async::clock&)
{
    if (s.name == "bad")
        return error(errc::invalid_argument, "bad settings");
    a.unit = "opened";
    return std::make_shared<Client>();
}

struct no_clock final : async::clock {
    async::steady_point now() const override { return {}; }
    wall_point read_wall() const override { return {}; }
    task<boost::system::error_code> sleep_until(async::steady_point) override { co_return boost::system::error_code(); }
};

template<class Client>
account opened()
{
    account a;
    no_clock clock;
    account_settings s;
    s.name = "good";
    BOOST_TEST(!!describe<Client>("x", open_one<Client>).open(a, s, clock));
    return a;
}

} // namespace

BOOST_AUTO_TEST_CASE(an_account_has_what_its_client_implements)
{
    const account balance = opened<balance_only>(), sender = opened<sender_only>(), all = opened<both>();
    BOOST_TEST((balance.balances && !balance.sms && !balance.numbers && !balance.panel));
    BOOST_TEST((!sender.balances && sender.sms));
    BOOST_TEST((all.balances && all.sms));
    BOOST_TEST(all.unit == "opened");
}

BOOST_AUTO_TEST_CASE(whether_it_sends_sms_is_known_without_an_account)
{
    BOOST_TEST(!describe<balance_only>("x", open_one<balance_only>).sends_sms);
    BOOST_TEST(describe<sender_only>("x", open_one<sender_only>).sends_sms);
    BOOST_TEST(describe<both>("x", open_one<both>).sends_sms);
}

BOOST_AUTO_TEST_CASE(what_cannot_be_opened_leaves_the_account_without_capabilities)
{
    account a;
    no_clock clock;
    account_settings s;
    s.name = "bad";
    const auto made = describe<both>("x", open_one<both>).open(a, s, clock);
    BOOST_REQUIRE(!made);
    BOOST_TEST(made.error().message == "bad settings");
    BOOST_TEST((!a.sms && !a.balances));
}

BOOST_AUTO_TEST_CASE(a_bare_row_is_careful)
{
    const auto p = describe<both>("x", open_one<both>);
    BOOST_TEST(p.name == "x");
    BOOST_TEST(p.default_purchases == 1);
    BOOST_TEST(p.requests_per_second == 0);
    BOOST_TEST(p.keys.empty());
    BOOST_TEST(!p.refuses_login);
    BOOST_TEST(!!p.check_keys); // may be called though nothing was set
}

BOOST_AUTO_TEST_CASE(only_a_reading_of_auth_refuses_the_login)
{
    const auto refuses = refused_when_unauthorised([](const http::response& r) -> result<money> {
        if (r.status == 200)
            return money(decimal(), "TRY");
        return error(r.status == 499 ? errc::auth : errc::contract, "x");
    });
    BOOST_TEST(!refuses(tests::answer("", 200)));
    BOOST_TEST(refuses(tests::answer("", 499)));
    BOOST_TEST(!refuses(tests::answer("", 500)));
}

BOOST_AUTO_TEST_SUITE_END()
