#include "ledger/detail/folder_ownership.hpp"
#include "ledger/samples.hpp"
#include "ledger/temporary.hpp"

using namespace ulak;
using namespace ulak::ledger;
using namespace ulak::tests;

namespace {

struct ownership_fixture : temporary_folder {
    /// What a daemon finds that opens the folder's store now.
    std::string doubt()
    {
        store_connection connection(*this / "ulak.db");
        BOOST_REQUIRE(connection.connect());
        return folder_ownership(connection, path).find_doubt().value();
    }
    void claim()
    {
        store_connection connection(*this / "ulak.db");
        BOOST_REQUIRE(connection.connect());
        BOOST_REQUIRE(folder_ownership(connection, path).claim());
    }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(folder_ownership_, ownership_fixture)

BOOST_AUTO_TEST_CASE(a_new_store_takes_its_folder_and_keeps_it)
{
    BOOST_TEST(doubt() == "");
    BOOST_TEST(folder_mark(path).read()->id.size() == 26u);
    BOOST_TEST(doubt() == "");
}

BOOST_AUTO_TEST_CASE(a_copied_file_a_lost_mark_and_an_older_store_are_found_and_claimed)
{
    const struct {
        const char* why;
        void (*harm)(const temporary_folder&);
        const char* sentence;
    } table[] = {
        {"a copy",
         [](const temporary_folder& f) {
             std::filesystem::copy(f / "ulak.db", f / "copy");
             std::filesystem::rename(f / "copy", f / "ulak.db");
         },
         "is a copy, or was moved here"},
        {"no mark", [](const temporary_folder& f) { std::filesystem::remove(f / "ulak.mark"); },
         "is not the store that this folder held"},
        {"another's mark",
         [](const temporary_folder& f) { BOOST_REQUIRE(folder_mark(f.path).write({.id = "other", .commits = 0})); },
         "is not the store that this folder held"},
        {"a mark that is ahead", [](const temporary_folder& f) { folder_mark(f.path).update(99); },
         "and this folder has seen 99"},
    };
    for (const auto& t : table)
        BOOST_TEST_CONTEXT(t.why)
        {
            BOOST_TEST(doubt() == "");
            t.harm(*this);
            const auto sentence = doubt();
            BOOST_TEST(sentence.find(t.sentence) != std::string::npos, sentence);
            BOOST_TEST(sentence.ends_with("says `ulakctl adopt`"), sentence);
            BOOST_TEST(doubt() == sentence); // asking changes nothing
            claim();
        }
    BOOST_TEST(doubt() == "");
}

BOOST_AUTO_TEST_CASE(a_mark_that_lags_behind_is_no_doubt)
{
    BOOST_TEST(doubt() == "");
    store_connection connection(*this / "ulak.db");
    BOOST_REQUIRE(connection.connect());
    BOOST_REQUIRE(connection.db().execute("INSERT INTO settings(name,value) VALUES('store:commits','50')"));
    connection.disconnect();
    BOOST_TEST(doubt() == "");
}

BOOST_AUTO_TEST_SUITE_END()
