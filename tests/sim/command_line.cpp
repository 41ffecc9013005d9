#include "ulak-sim/command_line.hpp"
#include "sim/registry.hpp"
#include "ulak-sim/ready_file.hpp"

#include <boost/json/parse.hpp>
#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

using namespace ulak;
using namespace std::chrono_literals;
namespace program = ulak::simulator_program;

namespace {

program::parsed parse_words(std::vector<std::string> words)
{
    words.insert(words.begin(), "ulak-sim");
    std::vector<char*> argv;
    for (auto& w : words)
        argv.push_back(w.data());
    return program::parse_command_line(static_cast<int>(argv.size()), argv.data());
}

} // namespace

BOOST_AUTO_TEST_SUITE(command_line_)

BOOST_AUTO_TEST_CASE(without_words_everything_has_its_default)
{
    const auto p = parse_words({});
    BOOST_TEST(!p.finished);
    BOOST_TEST(p.line.listen == "127.0.0.1");
    BOOST_TEST(p.line.port == 0);
    BOOST_TEST(p.line.options.log_sync);
    BOOST_TEST((p.line.options.otp_after == 3s));
    BOOST_TEST(p.line.faults.empty());
}

BOOST_AUTO_TEST_CASE(options_are_read_into_their_places)
{
    const auto p = parse_words({"--otp-after",
                                "10s",
                                "--otp-code",
                                "012345",
                                "--number-life",
                                "5m",
                                "--no-sync",
                                "--balance",
                                "numbers=3.5",
                                "--stock",
                                "tamonay.1=0",
                                "--price",
                                "numbers.2=1.25",
                                "--credential",
                                "tamonay-token=abc",
                                "--fault",
                                "panel.add=drop-after*1",
                                "--sender",
                                "MARKA",
                                "--seed",
                                "7"});
    BOOST_REQUIRE(!p.finished);
    const auto& o = p.line.options;
    BOOST_TEST((o.otp_after == 10s));
    BOOST_TEST((o.number_life == 5min));
    BOOST_TEST(o.otp_code.value() == "012345");
    BOOST_TEST(!o.log_sync);
    BOOST_TEST(o.balances.at("smmonayim-numbers").text() == "3.5");
    BOOST_TEST(o.credentials.at("tamonay-token") == "abc");
    BOOST_TEST(o.senders.at(0) == "MARKA");
    BOOST_TEST(o.seed == 7u);
    BOOST_TEST(p.line.stocks.at(0).protocol == sim::find_protocol("tamonay"));
    BOOST_TEST(p.line.prices.at(0).service == 2);
    BOOST_TEST(p.line.faults.at(0).protocol == "smmonayim-panel");
}

BOOST_AUTO_TEST_CASE(what_makes_no_sense_is_a_usage_error)
{
    const std::vector<std::vector<std::string>> table = {
        {"--otp-after", "soon"},       {"--balance", "numbers"},   {"--balance", "other=1"},
        {"--balance", "numbers=much"}, {"--stock", "panel.1=3"},   {"--stock", "numbers=3"},
        {"--stock", "numbers.1=-3"},   {"--price", "numbers.1=x"}, {"--credential", "tamonay-token"},
        {"--credential", "other=x"},   {"--fault", "nonsense"},    {"--fault", "panel.add=nonsense"},
        {"--faults", "/nonexistent"},  {"--no-such-option"},       {"word"}};
    for (const auto& words : table)
        BOOST_TEST_CONTEXT(words.front() << ' ' << words.back())
        {
            const auto p = parse_words(words);
            BOOST_TEST(p.finished);
            BOOST_TEST(p.exit_code == 2);
        }
    BOOST_TEST(parse_words({"--help"}).exit_code == 0);
}

BOOST_AUTO_TEST_CASE(the_ready_file_names_every_protocol_with_address_and_credentials)
{
    program::command_line line;
    line.options.seed = 5;
    line.options.credentials["smmonayim-key"] = "shared";
    const auto ready = boost::json::parse(program::describe_ready(line, "/tmp/ca.pem", 8443)).as_object();
    BOOST_TEST(ready.at("ca_file").as_string() == "/tmp/ca.pem");
    BOOST_TEST(ready.at("address").as_string() == "127.0.0.1:8443");
    BOOST_TEST(ready.at("admin").as_string() == "https://localhost:8443/_sim/");
    BOOST_TEST(ready.at("seed").as_int64() == 5);
    for (const auto* p : sim::protocols())
        BOOST_TEST(ready.at("base_urls").at(p->name).as_string() ==
                   "https://localhost:8443" + std::string(p->base_path));
    const auto& credentials = ready.at("credentials").as_object();
    BOOST_TEST(credentials.at("toplusms").at("api_key").as_string() == "sim-toplusms-key");
    BOOST_TEST(credentials.at("iletimerkezi").at("hash").as_string() == "sim-hash");
    BOOST_TEST(credentials.at("tamonay").at("token").as_string() == "sim-token");
    for (auto shared : {"smmonayim-numbers", "smmonayim-panel"})
        BOOST_TEST(credentials.at(shared).at("key").as_string() == "shared");
    line.listen = "::1";
    const auto other = boost::json::parse(program::describe_ready(line, "", 1));
    BOOST_TEST(other.at("address").as_string() == "[::1]:1");
}

BOOST_AUTO_TEST_SUITE_END()
