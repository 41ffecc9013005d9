#include "ulakd/secrets.hpp"

#include "support/folder.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdlib>
#include <filesystem>

BOOST_AUTO_TEST_SUITE(secrets_)

using namespace ulak;
using namespace ulak::daemon;

namespace {

using source = yaml::secret_reference::source;

struct places {
    tests::folder dir{};
    places() { ::unsetenv("CREDENTIALS_DIRECTORY"); }
    ~places() { ::unsetenv("CREDENTIALS_DIRECTORY"); }

    result<secret> find(source from, const std::string& value, bool literal = false)
    {
        yaml::secret_reference r;
        r.from = from;
        r.value = value;
        return resolve_secret(r, dir.path(), literal);
    }
};

} // namespace

BOOST_FIXTURE_TEST_CASE(a_name_is_looked_for_beside_the_configuration, places)
{
    dir.write("secrets/key", "abc def\n");
    auto got = find(source::named, "key");
    BOOST_REQUIRE(got);
    BOOST_TEST(got->reveal() == "abc def");
}

BOOST_FIXTURE_TEST_CASE(the_credentials_folder_comes_first_and_guards_its_files_itself, places)
{
    dir.write("secrets/key", "beside");
    dir.write("credentials/key", "passed", 0644);
    dir.write("credentials/ulak_other", "prefixed", 0644);
    ::setenv("CREDENTIALS_DIRECTORY", dir.at("credentials").c_str(), 1);
    BOOST_TEST(find(source::named, "key")->reveal() == "passed");
    BOOST_TEST(find(source::named, "other")->reveal() == "prefixed");
}

BOOST_FIXTURE_TEST_CASE(a_file_that_others_can_read_is_refused_with_the_remedy, places)
{
    for (unsigned mode : {0640u, 0604u, 0660u, 0622u}) {
        BOOST_TEST_CONTEXT("mode " << mode)
        {
            dir.write("secrets/key", "abc", mode);
            auto got = find(source::named, "key");
            BOOST_REQUIRE(!got);
            BOOST_TEST((got.error().code == errc::forbidden));
            BOOST_TEST(got.error().message.find("chmod 600") != std::string::npos);
        }
    }
}

BOOST_FIXTURE_TEST_CASE(only_the_last_line_end_is_dropped, places)
{
    const std::pair<const char*, const char*> table[] = {{"a\n", "a"}, {"a\r\n", "a"}, {"a", "a"}, {" a ", " a "}};
    for (const auto& [text, want] : table) {
        dir.write("secrets/key", text);
        BOOST_TEST(find(source::named, "key")->reveal() == want);
    }
}

BOOST_FIXTURE_TEST_CASE(what_is_no_secret_is_refused, places)
{
    dir.write("secrets/empty", "\n");
    dir.write("secrets/huge", std::string(max_secret_bytes + 1, 'x'));
    std::filesystem::create_directory(dir.at("secrets/folder"));
    BOOST_TEST((find(source::named, "empty").error().code == errc::validation));
    BOOST_TEST((find(source::named, "huge").error().code == errc::validation));
    BOOST_TEST((find(source::named, "folder").error().code == errc::not_found));
    BOOST_TEST((find(source::named, "nowhere").error().code == errc::not_found));
}

BOOST_FIXTURE_TEST_CASE(a_name_cannot_leave_its_folder, places)
{
    dir.write("outside", "abc");
    for (const char* name : {"../outside", "/etc/hostname", ".hidden", "", "a/b"})
        BOOST_TEST((find(source::named, name).error().code == errc::validation), name);
}

BOOST_FIXTURE_TEST_CASE(a_file_is_relative_to_the_configuration, places)
{
    dir.write("keys/one", "abc");
    BOOST_TEST(find(source::file, "keys/one")->reveal() == "abc");
    BOOST_TEST(find(source::file, dir.at("keys/one"))->reveal() == "abc");
}

BOOST_FIXTURE_TEST_CASE(the_environment_is_asked_by_name, places)
{
    BOOST_TEST((find(source::environment, "ULAK_TEST_SECRET").error().code == errc::not_found));
    ::setenv("ULAK_TEST_SECRET", "from here", 1);
    char* const value = ::getenv("ULAK_TEST_SECRET");
    BOOST_TEST(find(source::environment, "ULAK_TEST_SECRET")->reveal() == "from here");
    // Nothing is left for children or for those who read this memory; the next reload finds it all the same.
    BOOST_TEST(::getenv("ULAK_TEST_SECRET") == nullptr);
    BOOST_TEST(std::string(value, 9) == std::string(9, '\0'));
    BOOST_TEST(find(source::environment, "ULAK_TEST_SECRET")->reveal() == "from here");
    ::setenv("ULAK_TEST_SECRET", "a newer one", 1);
    BOOST_TEST(find(source::environment, "ULAK_TEST_SECRET")->reveal() == "a newer one");
}

BOOST_FIXTURE_TEST_CASE(a_secret_is_one_line_wherever_it_comes_from, places)
{
    const std::pair<std::string, const char*> table[] = {{"a\n\n", "a line break"},
                                                         {"a\nb", "a line break"},
                                                         {"a\rb\n", "a line break"},
                                                         {"\na", "a line break"},
                                                         {std::string("a\0b", 3), "a NUL byte"}};
    for (const auto& [text, byte] : table) {
        dir.write("secrets/key", text);
        for (const bool named : {true, false}) {
            const auto got = find(named ? source::named : source::file, named ? "key" : "secrets/key");
            BOOST_REQUIRE(!got);
            BOOST_TEST((got.error().code == errc::malformed));
            BOOST_TEST(got.error().message.find(byte) != std::string::npos, got.error().message);
        }
    }
    ::setenv("ULAK_TEST_LINES", "a\nb", 1);
    BOOST_TEST((find(source::environment, "ULAK_TEST_LINES").error().code == errc::malformed));
    BOOST_TEST((find(source::literal, "a\nb", true).error().code == errc::malformed));
}

BOOST_FIXTURE_TEST_CASE(a_literal_needs_leave_and_is_never_repeated, places)
{
    auto refused = find(source::literal, "do-not-show-this");
    BOOST_TEST((refused.error().code == errc::forbidden));
    BOOST_TEST(refused.error().message.find("do-not-show-this") == std::string::npos);
    BOOST_TEST(find(source::literal, "abc", true)->reveal() == "abc");
}

BOOST_AUTO_TEST_SUITE_END()
