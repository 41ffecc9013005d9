#include "sim/fixture.hpp"

#include "sim/protocols/iletimerkezi/order_reader.hpp"

using namespace sim_test;

namespace {

/// Reads the "order" of a send as the operation would.
struct reader_fixture : sim_fixture {
    int read(const std::string& order)
    {
        world().advance(clock.wall_now());
        in = http::incoming_request();
        in.verb = "POST";
        in.raw_target = in.path = "/iletimerkezi/v1/send-sms/json";
        call.emplace(world(), account("iletimerkezi"), in);
        wanted = {};
        return sim::iletimerkezi::read_order(*call, boost::json::parse(order).as_object(), wanted);
    }
    std::string mistakes_of_call()
    {
        std::string out;
        for (const auto& m : call->entry.mistakes)
            out += m + '\n';
        return out;
    }

    http::incoming_request in;
    std::optional<sim::call> call;
    sim::iletimerkezi::sms_order wanted;
};

/// An order that is sound, with one member replaced.
std::string order_with(const std::string& key, const std::string& value)
{
    auto o = boost::json::parse(R"({"sender":"MARKA","sendDateTime":[],"iys":"1","iysList":"BIREYSEL",
        "message":{"text":"Merhaba","receipents":{"number":["5551112233","+905552223344"]}}})")
                 .as_object();
    if (value.empty())
        o.erase(key);
    else
        o[key] = boost::json::parse(value);
    return boost::json::serialize(o);
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(order_reader_, reader_fixture)

BOOST_AUTO_TEST_CASE(a_sound_order_is_read_whole)
{
    BOOST_TEST(read(order_with("iys", "\"0\"")) == 0);
    BOOST_TEST(mistakes_of_call() == "");
    BOOST_TEST(wanted.sender == "MARKA");
    BOOST_TEST(wanted.numbers() == (std::vector<std::uint64_t>{5551112233, 5552223344}),
               boost::test_tools::per_element());
    BOOST_TEST(wanted.credits() == 2);
    BOOST_TEST(!wanted.scheduled);
    BOOST_TEST((wanted.due == noon()));
}

BOOST_AUTO_TEST_CASE(the_first_thing_that_is_wrong_has_the_documents_code)
{
    const struct {
        const char *key, *value;
        int code;
    } table[] = {
        {"sender", "", 459},
        {"sender", R"("")", 459},
        {"sender", R"("AB")", 460},
        {"message", "", 454},
        {"message", "[]", 454},
        {"message", "[7]", 400},
        {"message", R"({"text":"","receipents":{"number":["5551112233"]}})", 454},
        {"message", R"({"text":"x"})", 452},
        {"message", R"({"text":"x","receipents":{"number":[]}})", 452},
        {"message", R"({"text":"x","receipents":{"number":["123"]}})", 452},
        {"sendDateTime", R"("2026-11-22")", 457},
        {"sendDateTime", R"("22/11/2026 18:00")", 0},
        {"sendDateTime", R"("22/11/2026 18:00:00")", 0},
        {"sendDateTime", "null", 0},
        {"iys", "", 468},
        {"iys", R"("2")", 468},
        {"iysList", R"("OTHER")", 469},
        {"iysList", R"("TACIR")", 0},
    };
    for (const auto& t : table)
        BOOST_TEST_CONTEXT(t.key << ": " << t.value)
    BOOST_TEST(read(order_with(t.key, t.value)) == t.code);
}

BOOST_AUTO_TEST_CASE(a_later_date_is_kept_and_one_with_seconds_is_sent_at_once)
{
    read(order_with("sendDateTime", R"(["22/11/2026 18:00"])"));
    BOOST_TEST(wanted.scheduled);
    BOOST_TEST((wanted.due == noon() + 6h));
    read(order_with("sendDateTime", R"("22/11/2026 11:00")"));
    BOOST_TEST(!wanted.scheduled);
    BOOST_TEST((wanted.due == noon()));
    read(order_with("sendDateTime", R"("22/11/2026 18:00:00")"));
    BOOST_TEST(!wanted.scheduled);
    BOOST_TEST(mistakes_of_call().find("has seconds") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(long_texts_cost_more_and_too_long_ones_are_refused)
{
    auto message = [](std::size_t letters) {
        return R"({"text":")" + std::string(letters, 'a') + R"(","receipents":{"number":["5551112233"]}})";
    };
    BOOST_TEST(read(order_with("message", message(100))) == 0);
    BOOST_TEST(wanted.credits() == 1);
    BOOST_TEST(read(order_with("message", message(200))) == 0);
    BOOST_TEST(wanted.credits() == 2);
    BOOST_TEST(read(order_with("message", message(2'000))) == 453);
}

BOOST_AUTO_TEST_CASE(numbers_of_the_blacklist_are_left_out)
{
    account("iletimerkezi").messages->blacklist.emplace("5551112233", noon());
    BOOST_TEST(read(order_with("iys", "\"0\"")) == 0);
    BOOST_TEST(wanted.numbers() == std::vector<std::uint64_t>{5552223344}, boost::test_tools::per_element());
    account("iletimerkezi").messages->blacklist.emplace("5552223344", noon());
    BOOST_TEST(read(order_with("iys", "\"0\"")) == 452);
}

BOOST_AUTO_TEST_CASE(what_the_document_does_not_show_is_a_mistake)
{
    const struct {
        const char *key, *value, *mistake;
    } table[] = {
        {"other", "1", "no key \"other\" in order"},
        {"iys", "1", "\"iys\" is a JSON int64"},
        {"message", R"({"text":"x","receipents":{"number":[5551112233]}})", "a number is a JSON int64"},
        {"message", R"({"text":"x","receipents":{"number":["5551112233","5551112233"]}})", "stands twice"},
        {"message", R"({"text":"x","recipients":{"number":["5551112233"]}})", "no key \"recipients\" in message"},
    };
    for (const auto& t : table)
        BOOST_TEST_CONTEXT(t.key << ": " << t.value)
        {
            read(order_with(t.key, t.value));
            BOOST_TEST(mistakes_of_call().find(t.mistake) != std::string::npos, mistakes_of_call());
        }
}

BOOST_AUTO_TEST_SUITE_END()
