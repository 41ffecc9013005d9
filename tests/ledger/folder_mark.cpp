#include "ledger/detail/folder_mark.hpp"
#include "ledger/samples.hpp"
#include "ledger/temporary.hpp"

#include <fstream>

using namespace ulak;
using namespace ulak::ledger;
using namespace ulak::tests;

BOOST_FIXTURE_TEST_SUITE(folder_mark_, temporary_folder)

BOOST_AUTO_TEST_CASE(what_is_written_is_read_by_another_object)
{
    folder_mark mark(path);
    BOOST_TEST(!mark.read().has_value());
    BOOST_REQUIRE(mark.write({.id = "01ABC", .commits = 7}));
    const auto read = folder_mark(path).read();
    BOOST_REQUIRE(read.has_value());
    BOOST_TEST(read->id == "01ABC");
    BOOST_TEST(read->commits == 7);
}

BOOST_AUTO_TEST_CASE(an_update_changes_the_number_and_keeps_the_id)
{
    BOOST_REQUIRE(folder_mark(path).write({.id = "01ABC", .commits = 7}));
    folder_mark later(path);
    for (const std::int64_t commits : {8, 9, 1'000'000'000}) {
        later.update(commits);
        BOOST_TEST(later.read()->commits == commits);
        BOOST_TEST(later.read()->id == "01ABC");
    }
    BOOST_TEST(std::filesystem::file_size(*this / "ulak.mark") == 128u);
}

BOOST_AUTO_TEST_CASE(an_update_after_a_new_mark_goes_to_the_new_one)
{
    folder_mark mark(path);
    BOOST_REQUIRE(mark.write({.id = "old", .commits = 1}));
    mark.update(2);
    BOOST_REQUIRE(mark.write({.id = "new", .commits = 2}));
    mark.update(3);
    BOOST_TEST(mark.read()->id == "new");
    BOOST_TEST(mark.read()->commits == 3);
}

BOOST_AUTO_TEST_CASE(a_mark_that_is_none_is_not_read_and_not_updated)
{
    for (auto content : {"", "ulak-mark", "ulak-mark 2 id 7", "other 1 id 7", "ulak-mark 1 id x"}) {
        std::ofstream(*this / "ulak.mark") << content;
        BOOST_TEST(!folder_mark(path).read().has_value(), content);
        folder_mark(path).update(9);
        BOOST_TEST(!folder_mark(path).read().has_value(), content);
    }
}

BOOST_AUTO_TEST_CASE(a_folder_that_cannot_be_written_is_unavailable)
{
    BOOST_TEST(verdict(folder_mark("/nonexistent/folder").write({.id = "x", .commits = 1})) == "unavailable");
    folder_mark("/nonexistent/folder").update(1); // is ignored
}

BOOST_AUTO_TEST_CASE(a_copy_has_another_identity_and_a_rewritten_file_the_same)
{
    std::ofstream(*this / "a") << "x";
    const auto first = file_identity(*this / "a");
    BOOST_TEST(!first.empty());
    std::ofstream(*this / "a") << "more";
    BOOST_TEST(file_identity(*this / "a") == first);
    std::filesystem::copy(*this / "a", *this / "b");
    BOOST_TEST(file_identity(*this / "b") != first);
    BOOST_TEST(file_identity(*this / "c") == "");
}

BOOST_AUTO_TEST_SUITE_END()
