#include "http/detail/http_grammar.hpp"

#include "http/header_block.hpp"
#include "http/message.hpp"

#include <boost/test/unit_test.hpp>

namespace ulak::http::testing {

BOOST_AUTO_TEST_SUITE(http_grammar_)

BOOST_AUTO_TEST_CASE(letters_are_compared_without_case_and_nothing_else)
{
    BOOST_TEST(equals_ignore_case("Content-TYPE", "content-type"));
    BOOST_TEST(!equals_ignore_case("a", "ab"));
    BOOST_TEST(!equals_ignore_case("@", "`")); // differ in the same bit as letters
    BOOST_TEST(equals_ignore_case("", ""));
}

BOOST_AUTO_TEST_CASE(a_header_is_found_in_either_kind_of_list)
{
    const header_list list{{"A", "1"}, {"b", "2"}, {"B", "3"}};
    header_block block;
    for (const auto& [name, value] : list)
        block.emplace_back(name, value);
    for (const char* wanted : {"a", "A", "B", "c", ""})
        BOOST_TEST(find_header(list, wanted) == find_header(block, wanted), wanted);
    BOOST_TEST(find_header(list, "B") == "2");
}

BOOST_AUTO_TEST_CASE(only_chunked_and_only_in_1_1_is_a_certain_end)
{
    struct row {
        header_list fields;
        int version;
        bool valid;
    };
    const row rows[] = {{{}, 10, true},
                        {{{"Content-Length", "3"}}, 11, true},
                        {{{"Transfer-Encoding", "chunked"}}, 11, true},
                        {{{"transfer-encoding", "CHUNKED"}}, 11, true},
                        {{{"Transfer-Encoding", "chunked"}}, 10, false},
                        {{{"Transfer-Encoding", "gzip, chunked"}}, 11, false},
                        {{{"Transfer-Encoding", "gzip"}}, 11, false},
                        {{{"Transfer-Encoding", ""}}, 11, false},
                        {{{"Transfer-Encoding", "chunked"}, {"Transfer-Encoding", "chunked"}}, 11, false}};
    for (const auto& [fields, version, valid] : rows)
        BOOST_TEST_CONTEXT((fields.empty() ? "" : fields.front().second) << " in " << version)
        {
            header_block block;
            for (const auto& [name, value] : fields)
                block.emplace_back(name, value);
            BOOST_TEST(is_valid_transfer_coding(fields, version) == valid);
            BOOST_TEST(is_valid_transfer_coding(block, version) == valid);
        }
}

BOOST_AUTO_TEST_CASE(a_header_block_has_sound_line_ends_at_every_length)
{
    const std::string good = "HTTP/1.1 200 OK\r\nA: b\r\n\r\n";
    for (std::size_t size = 0; size <= good.size(); ++size)
        BOOST_TEST(is_valid_header_block(std::string_view(good).substr(0, size)), size);
    for (std::string_view bad : {"A: b\n", "A\rB: c\r\n", "A: b\r\n c\r\n", "A: b\r\n\tc", "\n", "A: b\r\r\n"})
        BOOST_TEST(!is_valid_header_block(bad), bad);
    BOOST_TEST(!is_valid_header_block(std::string_view("A: \0b\r\n", 8)));
}

BOOST_AUTO_TEST_CASE(tokens_values_and_targets)
{
    BOOST_TEST(is_token("X-Request_Id"));
    for (const char* bad : {"", "a b", "a:b", "a\r", "ü"})
        BOOST_TEST(!is_token(bad), bad);
    BOOST_TEST(is_field_value("a\tb ü"));
    for (const char* bad : {"a\r", "a\n", "\x7f", "\x01"})
        BOOST_TEST(!is_field_value(bad));
    BOOST_TEST(is_visible_ascii("/a?b=%20"));
    for (const char* bad : {"a b", "ü", "a\t"})
        BOOST_TEST(!is_visible_ascii(bad));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::http::testing
