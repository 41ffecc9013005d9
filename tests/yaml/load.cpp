#include "yaml/load.hpp"

#include "example.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

namespace ulak::yaml {

BOOST_AUTO_TEST_SUITE(load_)

namespace {

namespace fs = std::filesystem;

struct folder {
    folder()
    {
        std::string name = (fs::temp_directory_path() / "ulak-yaml-XXXXXX").string();
        BOOST_REQUIRE(::mkdtemp(name.data()) != nullptr);
        path = name;
    }
    ~folder() { fs::remove_all(path); }

    std::string write(const std::string& name, const std::string& text) const
    {
        std::ofstream(path / name) << text;
        return path / name;
    }

    /// The code of the one problem, which belongs to the file as a whole.
    static std::string refusal(const std::string& file)
    {
        problems found;
        BOOST_TEST(!load(file, found).has_value());
        BOOST_REQUIRE(found.size() == 1u);
        BOOST_TEST(found[0].at.file == file);
        BOOST_TEST(found[0].at.line == 0u);
        BOOST_TEST(!found[0].hint.empty());
        return found[0].code;
    }

    fs::path path;
};

} // namespace

BOOST_FIXTURE_TEST_CASE(a_file_comes_with_its_name_and_text, folder)
{
    auto file = write("a.yaml", "a: 1\n");
    problems found;
    auto doc = load(file, found);
    BOOST_REQUIRE(doc.has_value());
    BOOST_TEST(doc->file == file);
    BOOST_TEST(doc->source == "a: 1\n");
    BOOST_TEST(doc->root.find("a")->text == "1");
}

BOOST_FIXTURE_TEST_CASE(a_link_to_a_file_is_followed, folder)
{
    write("a.yaml", "a: 1\n");
    fs::create_symlink("a.yaml", path / "b.yaml");
    problems found;
    BOOST_TEST(load(path / "b.yaml", found).has_value());
}

BOOST_FIXTURE_TEST_CASE(that_others_can_write_to_a_file_is_told_at_the_level_that_the_reader_wants, folder)
{
    const auto file = write("a.yaml", "a: 1\n");
    for (const auto level : {severity::warning, severity::error}) {
        problems found;
        fs::permissions(file, static_cast<fs::perms>(0646));
        BOOST_TEST(read_file(file, found, level).has_value());
        BOOST_REQUIRE(found.size() == 1u);
        BOOST_TEST(found[0].code == "U0130");
        BOOST_TEST((found[0].level == level));
        BOOST_TEST(found[0].hint == "run: chmod go-w " + file);
        found.clear();
        fs::permissions(file, static_cast<fs::perms>(0644));
        BOOST_TEST(read_file(file, found, level).has_value());
        BOOST_TEST(found.empty());
    }
}

BOOST_FIXTURE_TEST_CASE(what_is_no_file_is_refused_each_in_its_own_words, folder)
{
    BOOST_TEST(refusal(path / "none.yaml") == "U0101");
    fs::create_symlink("none.yaml", path / "dangling.yaml");
    BOOST_TEST(refusal(path / "dangling.yaml") == "U0102");
    fs::create_directory(path / "folder.yaml");
    BOOST_TEST(refusal(path / "folder.yaml") == "U0103");
    BOOST_TEST(refusal("/dev/null") == "U0104");
}

BOOST_FIXTURE_TEST_CASE(a_fifo_does_not_hold_the_loader, folder)
{
    auto fifo = (path / "fifo.yaml").string();
    BOOST_REQUIRE(::mkfifo(fifo.c_str(), 0600) == 0);
    BOOST_TEST(refusal(fifo) == "U0104");
}

BOOST_FIXTURE_TEST_CASE(a_socket_is_no_file, folder)
{
    auto name = (path / "s.yaml").string();
    auto fd = ::socket(AF_UNIX, SOCK_STREAM, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    BOOST_REQUIRE(name.size() < sizeof(address.sun_path));
    name.copy(address.sun_path, name.size());
    BOOST_REQUIRE(::bind(fd, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0);
    BOOST_TEST(refusal(name) == "U0104");
    ::close(fd);
}

BOOST_FIXTURE_TEST_CASE(a_circle_of_links_cannot_be_read, folder)
{
    fs::create_symlink("b.yaml", path / "a.yaml");
    fs::create_symlink("a.yaml", path / "b.yaml");
    BOOST_TEST(refusal(path / "a.yaml") == "U0105");
}

BOOST_FIXTURE_TEST_CASE(a_file_below_a_file_cannot_be_read, folder)
{
    auto file = write("a.yaml", "a: 1\n");
    BOOST_TEST(refusal(file + "/b.yaml") == "U0105");
}

BOOST_FIXTURE_TEST_CASE(a_file_that_may_not_be_read_says_so, folder)
{
    if (::geteuid() == 0) {
        BOOST_TEST_MESSAGE("root reads everything");
        return;
    }
    auto file = write("a.yaml", "a: 1\n");
    fs::permissions(file, fs::perms::none);
    BOOST_TEST(refusal(file) == "U0105");
}

BOOST_FIXTURE_TEST_CASE(a_large_file_is_refused_without_being_read_to_its_end, folder)
{
    auto file = write("a.yaml", "a: 1\n");
    fs::resize_file(file, 1ULL << 33);
    BOOST_TEST(refusal(file) == "U0106");
}

BOOST_FIXTURE_TEST_CASE(the_bytes_of_a_file_come_as_they_are, folder)
{
    problems found;
    for (const std::string& text :
         {std::string(), std::string("\xff not yaml: ["), std::string("a\0b", 3), std::string(5'000, 'x')})
        BOOST_TEST((read_file(write("a.yaml", text), found) == text));
    BOOST_TEST(found.empty());
}

BOOST_FIXTURE_TEST_CASE(of_a_large_file_one_byte_too_many_is_read, folder)
{
    auto file = write("a.yaml", "");
    fs::resize_file(file, 1ULL << 30);
    problems found;
    BOOST_TEST(read_file(file, found)->size() == max_file_bytes + 1);
}

BOOST_FIXTURE_TEST_CASE(a_file_without_yaml_is_refused_by_the_parser, folder)
{
    problems found;
    BOOST_TEST(!load(write("a.yaml", "a: [\n"), found).has_value());
    BOOST_REQUIRE(found.size() == 1u);
    BOOST_TEST(found[0].at.file == path / "a.yaml");
    BOOST_TEST(found[0].at.line > 0u);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::yaml
