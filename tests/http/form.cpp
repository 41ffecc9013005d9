#include "http/form.hpp"

#include "http/print.hpp"

#include <boost/test/unit_test.hpp>

namespace ulak::http::testing {

BOOST_AUTO_TEST_SUITE(form_)

BOOST_AUTO_TEST_CASE(percent_encoding_keeps_the_unreserved_only)
{
    struct row {
        std::string_view text, encoded;
    };
    constexpr row rows[] = {
        {"Örnek mesaj içeriğidir.", "%C3%96rnek%20mesaj%20i%C3%A7eri%C4%9Fidir."},
        {"-._~aZ09", "-._~aZ09"},
        {"a/b?c&d=e+f%", "a%2Fb%3Fc%26d%3De%2Bf%25"},
        {std::string_view("\0\r\n", 3), "%00%0D%0A"},
        {"", ""},
    };
    for (const auto& [text, encoded] : rows)
        BOOST_TEST_CONTEXT(encoded)
        {
            BOOST_TEST(percent_encode(text) == encoded);
            BOOST_TEST(percent_decode(encoded).value() == text);
        }
}

BOOST_AUTO_TEST_CASE(broken_escapes_are_refused)
{
    for (auto text : {"%", "%1", "a%", "%zz", "%1g", "%%41"})
        BOOST_TEST_CONTEXT(text)
        {
            auto decoded = percent_decode(text);
            BOOST_TEST_REQUIRE(decoded.has_error());
            BOOST_TEST(decoded.error().code == errc::invalid_argument);
        }
    BOOST_TEST(percent_decode("a+b").value() == "a+b");
    BOOST_TEST(percent_decode("a+b%2b", true).value() == "a b+");
}

BOOST_AUTO_TEST_CASE(forms_are_written_as_php_does)
{
    BOOST_TEST(form_encode({{"message", "Örnek mesaj\ndenemesidir & +%"}}) ==
               "message=%C3%96rnek+mesaj%0Adenemesidir+%26+%2B%25");
    BOOST_TEST(form_encode({{"key", "a"}, {"action", "add"}, {"x", ""}}) == "key=a&action=add&x=");
}

BOOST_AUTO_TEST_CASE(forms_come_back_as_they_were)
{
    header_list fields{{"a", "1 2"}, {"b=&", "+%\r\n"}, {"a", "again"}, {"empty", ""}};
    auto back = form_decode(form_encode(fields));
    BOOST_TEST_REQUIRE(back.has_value());
    BOOST_TEST((*back == fields));
    BOOST_TEST((form_decode("a&&b=2&").value() == header_list{{"a", ""}, {"b", "2"}}));
    BOOST_TEST(form_decode("a=%4").has_error());
}

BOOST_AUTO_TEST_CASE(multipart_bodies_have_their_boundary_nowhere_else)
{
    auto sent = multipart_encode({{"mesaj", "a\r\n--x"}, {"na\"me\r\n", "v"}});
    auto at = sent.content_type.find("boundary=");
    BOOST_TEST_REQUIRE(at != std::string::npos);
    auto boundary = sent.content_type.substr(at + 9);
    BOOST_TEST(sent.body ==
               "--" + boundary + "\r\nContent-Disposition: form-data; name=\"mesaj\"\r\n\r\na\r\n--x\r\n--" + boundary +
                   "\r\nContent-Disposition: form-data; name=\"na%22me%0D%0A\"\r\n\r\nv\r\n--" + boundary + "--\r\n");
    BOOST_TEST(multipart_encode({}).content_type != sent.content_type);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::http::testing
