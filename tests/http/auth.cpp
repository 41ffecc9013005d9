#include "http/auth.hpp"

#include <boost/test/unit_test.hpp>

namespace ulak::http::testing {

BOOST_AUTO_TEST_SUITE(auth_)

BOOST_AUTO_TEST_CASE(basic_authorization_of_a_hashed_password)
{
    auto header = basic_authorization("5551112233", md5_hex("aabbcc112233"));
    BOOST_TEST(header == "Basic NTU1MTExMjIzMzo1NDE1NGQyZjU3NmU4YmZmNTI0MGY2NTU3OTZkYjA3NA==");
    BOOST_TEST(bearer_authorization("t0k") == "Bearer t0k");
}

BOOST_AUTO_TEST_CASE(hmac_of_the_published_vector)
{
    BOOST_TEST(hmac_sha256_hex(std::string(40, 's'), "507caf2e1fcdb5eea9786332ca2d8785") ==
               "02d64a19edae8591d5b17f63257a93efc67cdbe3cd4202f0448fa73f596287d4");
    BOOST_TEST(hmac_sha256_hex("", "").size() == 64u);
}

BOOST_AUTO_TEST_CASE(digests_of_known_texts)
{
    BOOST_TEST(md5_hex("") == "d41d8cd98f00b204e9800998ecf8427e");
    BOOST_TEST(sha256_hex("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

BOOST_AUTO_TEST_CASE(base64_of_every_remainder)
{
    BOOST_TEST(base64("") == "");
    BOOST_TEST(base64("f") == "Zg==");
    BOOST_TEST(base64("fo") == "Zm8=");
    BOOST_TEST(base64("foo") == "Zm9v");
    BOOST_TEST(base64("foobar") == "Zm9vYmFy");
    BOOST_TEST(base64(std::string_view("\0\xff", 2)) == "AP8=");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::http::testing
