#include "yaml/reader.hpp"

#include "example.hpp"

#include <boost/test/unit_test.hpp>

#include <stdexcept>
#include <string>

namespace ulak::yaml {

BOOST_AUTO_TEST_SUITE(reader_)

namespace {

using namespace std::chrono_literals;
using source = secret_reference::source;

reader read(const std::string& text)
{
    problems found;
    auto doc = parse(text, "x.yaml", found);
    BOOST_REQUIRE(doc.has_value());
    return reader(std::make_shared<const document>(std::move(*doc)), example_table());
}

} // namespace

BOOST_AUTO_TEST_CASE(written_values_come_typed)
{
    auto r = read("name: 012\ncount: \"5\"\non: false\nevery: 1h30m\nprice: 0.95 USD\npace: 120 requests/min\nmode: "
                  "fast\nto: [a, 1]\n");
    BOOST_TEST(r.text("name") == "012");
    BOOST_TEST(r.integer("count") == 5);
    BOOST_TEST(!r.boolean("on"));
    BOOST_TEST((r.duration("every") == 90min));
    BOOST_TEST(r.amount("price").text() == "0.95 USD");
    BOOST_TEST(r.rate("pace").per_second == 2.0);
    BOOST_TEST(r.text("mode") == "fast");
    BOOST_TEST(r.texts("to") == (std::vector<std::string>{"a", "1"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(absent_values_come_from_the_table)
{
    auto r = read("name: a\n");
    BOOST_TEST(!r.has("mode"));
    BOOST_TEST(r.boolean("on"));
    BOOST_TEST((r.duration("every") == 5min));
    BOOST_TEST(r.amount("price").text() == "1.50 TRY");
    BOOST_TEST(r.rate("pace").unit == "segments");
    BOOST_TEST(r.text("mode") == "slow");
    BOOST_TEST(r.texts("to") == (std::vector<std::string>{"ops", "phone"}), boost::test_tools::per_element());
    BOOST_TEST(r.text("greeting").empty());
    BOOST_TEST((r.record("wait").duration("code") == 0ms));
    BOOST_TEST(r.records("notify").empty());
    BOOST_TEST(r.entries("accounts").empty());
    BOOST_TEST(r.raw_node("extra") == nullptr);
}

BOOST_AUTO_TEST_CASE(refused_values_give_their_defaults)
{
    auto r = read("on: yes\nevery: 5\nprice: 5\npace: 5\nmode: quick\nto: a\naccounts: [a]\nnotify: a\nwait: "
                  "[a]\ncount: 999\nname: [a]\n");
    BOOST_TEST(r.boolean("on"));
    BOOST_TEST((r.duration("every") == 5min));
    BOOST_TEST(r.text("mode") == "slow");
    BOOST_TEST(r.texts("to").size() == 2u);
    BOOST_TEST(r.entries("accounts").empty());
    BOOST_TEST(r.records("notify").empty());
    BOOST_TEST((r.record("wait").duration("code") == 0ms));
    BOOST_TEST(r.integer("count") == 0);
    BOOST_TEST(r.text("name").empty());
    for (auto key : {"on", "every", "price", "pace", "mode", "to", "accounts", "notify", "wait", "count", "name"})
        BOOST_TEST_CONTEXT(key)
        {
            BOOST_TEST(r.has(key));
            BOOST_TEST(!r.has_valid(key));
        }
}

BOOST_AUTO_TEST_CASE(usable_values_say_so)
{
    auto r = read(
        "name: a\ncount: 5\nto: [a]\nwait: 4m\naccounts: {b: {provider: c}}\npassword: {env: A}\nextra:\nshort:\n");
    for (auto key : {"name", "count", "to", "wait", "accounts", "password"})
        BOOST_TEST(r.has_valid(key));
    BOOST_TEST(!r.has_valid("short"));
    BOOST_TEST(!r.has_valid("mode"));
}

BOOST_AUTO_TEST_CASE(secrets_are_references_or_literals)
{
    BOOST_TEST((read("password: {secret: im-key}\n").secret("password").from == source::named));
    BOOST_TEST(read("password: {secret: im-key}\n").secret("password").value == "im-key");
    BOOST_TEST((read("password: {file: /a/b}\n").secret("password").from == source::file));
    BOOST_TEST((read("password: {env: A_1}\n").secret("password").from == source::environment));
    auto literal = read("name: a\npassword: 0123\n").secret("password");
    BOOST_TEST((literal.from == source::literal));
    BOOST_TEST(literal.value == "0123");
    BOOST_TEST(literal.at.line == 2u);
    BOOST_TEST(literal.at.column == 11u);
    BOOST_TEST((read("name: a\n").secret("password").from == source::none));
    BOOST_TEST((read("password: {secret: a, env: b}\n").secret("password").from == source::none));
}

BOOST_AUTO_TEST_CASE(a_short_form_stands_for_its_key)
{
    auto shorty = read("wait: 4m\n").record("wait");
    BOOST_TEST((shorty.duration("code") == 4min));
    BOOST_TEST(shorty.has("code"));
    BOOST_TEST(!shorty.has("max"));
    BOOST_TEST((read("wait: {code: 3m, max: 1s}\n").record("wait").duration("max") == 1s));
}

BOOST_AUTO_TEST_CASE(records_and_entries_keep_the_order_of_the_file)
{
    auto r = read("accounts: {z: {provider: a}, b: {provider: c, port: 9}}\nnotify: [{when: [x], to: p}, {when: [y, "
                  "z], to: q}]\n");
    auto accounts = r.entries("accounts");
    BOOST_REQUIRE(accounts.size() == 2u);
    BOOST_TEST(accounts[0].first == "z");
    BOOST_TEST(accounts[1].second.integer("port") == 9);
    auto rules = r.records("notify");
    BOOST_REQUIRE(rules.size() == 2u);
    BOOST_TEST(rules[1].texts("when").size() == 2u);
}

BOOST_AUTO_TEST_CASE(places_point_at_values_and_else_at_the_record)
{
    auto r = read("# c\nname: ğ\naccounts:\n  b: {port: 1}\nto: [a, b]\n");
    auto shown = [](const place& p) { return std::to_string(p.line) + ":" + std::to_string(p.column); };
    BOOST_TEST(shown(r.place_of("name")) == "2:7");
    BOOST_TEST(shown(r.place_of("mode")) == "2:1");
    BOOST_TEST(shown(r.place_of_record()) == "2:1");
    BOOST_TEST(shown(r.place_of_item("to", 1)) == "5:9");
    BOOST_TEST(shown(r.place_of_item("to", 2)) == "5:5");
    auto account = r.entries("accounts")[0].second;
    BOOST_TEST(shown(account.place_of("port")) == "4:13");
    BOOST_TEST(shown(account.place_of("provider")) == "4:6");
    BOOST_TEST(shown(r.record("wait").place_of("code")) == "2:1");
}

BOOST_AUTO_TEST_CASE(a_problem_carries_its_line)
{
    auto p = read("name: a\nmode: fast\n").problem_at("mode", "U0999", "not now", "later");
    BOOST_TEST(to_text(p) == "x.yaml:2:7: error[U0999]: not now\nmode: fast\n      ^\nhint: later\n");
}

BOOST_AUTO_TEST_CASE(a_reader_keeps_its_document_alive)
{
    auto inner = read("accounts: {b: {provider: c}}\n").entries("accounts")[0].second;
    auto copy = inner;
    BOOST_TEST(copy.text("provider") == "c");
}

BOOST_AUTO_TEST_CASE(a_key_outside_the_table_throws)
{
    auto r = read("name: a\n");
    BOOST_CHECK_THROW(r.text("nome"), std::logic_error);
    BOOST_CHECK_THROW(r.has("nome"), std::logic_error);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::yaml
