#include "ulakctl/suppression_commands.hpp"

#include "ctl/cli_fixture.hpp"
#include "support/folder.hpp"

namespace ulak::ctl::testing {

BOOST_FIXTURE_TEST_SUITE(suppression_commands_, cli_fixture)

BOOST_AUTO_TEST_CASE(numbers_are_added_with_their_reason)
{
    daemon->on("POST /v1/suppressions", R"({"added":1,"known":1})");
    BOOST_TEST(run({"suppress", "add", "1", "2", "--reason", "asked"}).out ==
               "1 added to the opt-out list, 1 were on it\n");
    BOOST_TEST(daemon->bodies.front() == R"({"phones":["1","2"],"reason":"asked"})");
}

BOOST_AUTO_TEST_CASE(a_file_is_imported_in_blocks_and_a_failure_says_how_far_it_got)
{
    ulak::tests::folder folder;
    std::string text = "# opted out\n\n";
    for (int i = 0; i < 10'001; ++i)
        text += "  " + std::to_string(5'550'000'000 + i) + " \n";
    const auto file = folder.write("numbers.txt", text);
    daemon->on("POST /v1/suppressions", R"({"added":10000,"known":0})");
    daemon->on("POST /v1/suppressions", R"({"added":1,"known":0})");
    BOOST_TEST(run({"suppress", "import", file}).out == "10001 added to the opt-out list\n");
    BOOST_TEST(daemon->bodies.size() == 2u);
    BOOST_TEST(daemon->bodies.back() == R"({"phones":["5550010000"]})");

    daemon->refuse("POST /v1/suppressions", 503, "unavailable", "the disk is full");
    daemon->refuse("POST /v1/suppressions", 503, "unavailable", "the disk is full");
    const auto got = run({"suppress", "import", file}); // the first block is still taken
    BOOST_TEST(got.code == exit_run_failed);
    BOOST_TEST(got.err == "ulakctl: the first 10000 are on the list\nulakctl: the disk is full\n");
}

BOOST_AUTO_TEST_CASE(good_rows_of_a_table_go_in_and_bad_ones_come_back)
{
    ulak::tests::folder folder;
    const auto file =
        folder.write("table.csv", "ad;telefon\nAli;5550000001\nVeli;12\nCan;0555 000 00 01\n5550000009;-\n");
    daemon->on("POST /v1/suppressions", R"({"added":1,"known":0})");
    const auto got = run({"suppress", "import", file});
    BOOST_TEST(got.code == exit_problems);
    BOOST_TEST(daemon->bodies.back() == R"({"phones":["5550000001"]})");
    BOOST_TEST(contains(got.err, "table.csv:3: 12: 2 digits, 10 are needed"));
    BOOST_TEST(contains(got.err, "table.csv:5: -: "));
    BOOST_TEST(contains(got.out, "2 rows left out"));
}

BOOST_AUTO_TEST_CASE(numbers_are_removed_one_by_one)
{
    daemon->on("DELETE /v1/suppressions?phone=%2B901", R"({"removed":1})");
    daemon->on("DELETE /v1/suppressions?phone=2", R"({"removed":0})");
    BOOST_TEST(run({"suppress", "rm", "+901", "2"}).out == "1 taken off the opt-out list\n");
}

BOOST_AUTO_TEST_CASE(the_list_is_shown)
{
    daemon->on("GET /v1/suppressions", R"({"suppressions":[{"phone":"+90555","at":null,"reason":"asked"}]})");
    BOOST_TEST(contains(run({"suppress", "list"}).out, "+90555"));
    daemon->on("GET /v1/suppressions", R"({"suppressions":[]})");
    run({"suppress", "list"});
    BOOST_TEST(run({"suppress", "list"}).out == "the opt-out list is empty\n");
}

BOOST_AUTO_TEST_CASE(other_words_are_usage_errors_and_ask_nothing)
{
    for (const auto& words :
         {std::vector<std::string>{"suppress", "add"}, std::vector<std::string>{"suppress", "rm"},
          std::vector<std::string>{"suppress", "list", "x"}, std::vector<std::string>{"suppress", "import"},
          std::vector<std::string>{"suppress", "import", "/nowhere/at/all"},
          std::vector<std::string>{"suppress", "drop", "1"}}) {
        BOOST_TEST(run(words).code == exit_usage);
        BOOST_TEST(daemon->asked.empty());
    }
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::ctl::testing
