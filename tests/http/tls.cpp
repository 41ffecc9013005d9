// Certificates that are accepted, and certificates that are not.
#include "http/tls_fixture.hpp"

namespace ulak::http::testing {
namespace {

const std::string host = "api.provider.test";

// A subjectAltName in its bytes, for names that OpenSSL would not write down.
std::string raw_name(std::string_view name, unsigned char kind = 0x82)
{
    static const char* digits = "0123456789ABCDEF";
    std::string bytes{'\x30', static_cast<char>(name.size() + 2), static_cast<char>(kind),
                      static_cast<char>(name.size())};
    bytes += name;
    std::string out = "DER";
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        out += {':', digits[byte >> 4], digits[byte & 15]};
    }
    return out;
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(tls_, tls_fixture)

BOOST_AUTO_TEST_CASE(sound_servers_are_accepted)
{
    std::vector<offer> good;
    good.push_back({"as it should be", served({})});
    good.push_back({"RSA of 2048 bits", served({.key = make_key("RSA-2048")})});
    good.push_back({"P-384", served({.key = make_key("P-384")})});
    good.push_back({"P-521", served({.key = make_key("P-521")})});
    good.push_back({"SHA-384", served({.digest = EVP_sha384()})});
    good.push_back({"wildcard", served({.names = "DNS:*.provider.test"})});
    good.push_back({"several names", served({.names = "DNS:x.test,DNS:api.provider.test"})});
    good.push_back({"address", served({.names = "IP:127.0.0.1"}), "", "127.0.0.1"});
    good.push_back({"no extended usage", served({.extended = ""})});
    good.push_back({"no key usage", served({.usage = ""})});
    good.push_back({"usage for servers and clients", served({.extended = "serverAuth,clientAuth"})});
    good.push_back({"upper case", served({.names = "DNS:API.Provider.TEST"})});
    good.push_back({"no subject, but a name", served({.common_name = ""})});
    const auto& unrelated = make_alone({.common_name = "Unrelated", .authority = true});
    good.push_back({"an unrelated certificate in the chain", careless_context(make({}), {&middle, &unrelated})});
    good.push_back({"the root sent along", careless_context(make({}), {&middle, &root})});
    good.push_back({"the chain in another order", careless_context(make({}), {&root, &middle})});
    good.push_back({"signed by the root", careless_context(make({.issuer = &root}), {})});
    good.push_back({"four authorities deep", deep(4)});
    recipe here{.common_name = "M"};
    here.more.emplace_back(NID_name_constraints, "critical,permitted;DNS:provider.test");
    good.push_back({"within the names that its authority may sign", below(here)});
    const auto& own = make_alone({.common_name = host});
    good.push_back({"a self-signed certificate that the user named", careless_context(own, {}), "", host, &own});
    std::string many = "DNS:api.provider.test";
    for (int i = 0; i < 500; ++i)
        many += ",DNS:h" + std::to_string(i) + ".x.test";
    good.push_back({"five hundred names", served({.names = many})});
    accept_all(std::move(good), 20);
}

BOOST_AUTO_TEST_CASE(n05_certificates_for_somebody_else_see_no_byte_of_a_request)
{
    std::vector<offer> bad;
    auto named = [&](std::string what, std::string all, std::string says = "not for api.provider.test") {
        bad.push_back({std::move(what), served({.names = std::move(all)}), std::move(says)});
    };
    auto of = [&](std::string what, recipe r, std::string says, std::string wanted) {
        bad.push_back({std::move(what), served(std::move(r)), std::move(says), std::move(wanted)});
    };
    named("another name", "DNS:other.test", "for other.test, not for api.provider.test");
    named("many other names", "DNS:a.test,DNS:b.test,DNS:c.test,DNS:d.test,DNS:e.test",
          "a.test, b.test, c.test and 2 more");
    named("wildcard over two levels", "DNS:*.test");
    named("wildcard not leftmost", "DNS:api.*.test");
    named("wildcard at the end", "DNS:api.provider.*");
    named("two wildcards", "DNS:*.*.test");
    named("wildcard at the end of a label", "DNS:ap*.provider.test");
    named("wildcard at the beginning of a label", "DNS:*pi.provider.test");
    named("wildcard within a label", "DNS:a*i.provider.test");
    named("bare wildcard", "DNS:*");
    named("wildcard below the name", "DNS:*.api.provider.test");
    named("trailing dot", "DNS:api.provider.test.");
    named("leading dot", "DNS:.provider.test");
    named("the domain above", "DNS:provider.test");
    named("names that contain the name", "DNS:evilapi.provider.test,DNS:api.provider.test.evil.test");
    named("blank behind the name", raw_name("api.provider.test "));
    named("NUL in the name", raw_name(std::string_view("api.provider.test\0.evil.test", 28)));
    named("letters outside ASCII", raw_name("ap\xc4\xb1.provider.test"));
    named("an address of the web only", "URI:https://api.provider.test/", "for no host");
    named("an address of mail only", "email:post@api.provider.test", "for no host");
    named("the server's address instead of its name", "IP:127.0.0.1", "for 127.0.0.1, not for api.provider.test");
    named("a registered number only", "RID:1.2.3.4", "for no host");
    of("wildcard of a top level", {.names = "DNS:*.test"}, "not for provider.a.test", "provider.a.test");
    of("name in the common name only", {.common_name = host, .names = ""}, "for no host", host);
    of("right common name, other names", {.common_name = host, .names = "DNS:other.test"}, "for other.test", host);
    of("no subject and no name", {.common_name = "", .names = ""}, "for no host", host);
    of("address as a name", {.names = "DNS:127.0.0.1"}, "not for 127.0.0.1", "127.0.0.1");
    of("address by wildcard", {.names = "DNS:*.0.0.1"}, "not for 127.0.0.1", "127.0.0.1");
    of("address in the common name", {.common_name = "127.0.0.1", .names = ""}, "not for 127.0.0.1", "127.0.0.1");
    of("another address", {.names = "IP:127.0.0.2"}, "for 127.0.0.2, not for 127.0.0.1", "127.0.0.1");
    of("the address in its longer form", {.names = "IP:::ffff:127.0.0.1"}, "not for 127.0.0.1", "127.0.0.1");
    of("the name where an address is wanted", {}, "for api.provider.test, not for 127.0.0.1", "127.0.0.1");
    recipe excluded{.common_name = "M"}, elsewhere{.common_name = "M"}, no_address{.common_name = "M"};
    excluded.more.emplace_back(NID_name_constraints, "critical,excluded;DNS:provider.test");
    elsewhere.more.emplace_back(NID_name_constraints, "critical,permitted;DNS:other.test");
    no_address.more.emplace_back(NID_name_constraints, "critical,excluded;IP:127.0.0.0/255.0.0.0");
    bad.push_back({"name excluded", below(excluded), "excluded subtree violation"});
    bad.push_back({"name not permitted", below(elsewhere), "permitted subtree violation"});
    bad.push_back({"name not permitted, in the common name", below(elsewhere, {.common_name = host, .names = ""}),
                   "for no host"});
    bad.push_back(
        {"address excluded", below(no_address, {.names = "IP:127.0.0.1"}), "excluded subtree violation", "127.0.0.1"});
    refuse_all(std::move(bad), 36);
}

BOOST_AUTO_TEST_CASE(n05_unsound_certificates_see_no_byte_of_a_request)
{
    std::vector<offer> bad;
    auto leaf = [&](std::string what, recipe r, std::string says) {
        bad.push_back({std::move(what), served(std::move(r)), std::move(says)});
    };
    leaf("expired", {.from_days = -60, .until_days = -1}, "the certificate expired on 20");
    leaf("not yet valid", {.from_days = 1, .until_days = 60}, "is the clock of this machine right?");
    leaf("ended before it began", {.from_days = 10, .until_days = -10}, "valid only from");
    leaf("for clients", {.extended = "clientAuth"}, "unsuitable certificate purpose");
    leaf("for code", {.extended = "codeSigning"}, "unsuitable certificate purpose");
    leaf("for mail", {.extended = "emailProtection"}, "unsuitable certificate purpose");
    leaf("for time stamps", {.extended = "critical,timeStamping"}, "unsuitable certificate purpose");
    leaf("for signing certificates only", {.usage = "critical,keyCertSign"}, "unsuitable certificate purpose");
    leaf("for signing revocations only", {.usage = "critical,cRLSign"}, "unsuitable certificate purpose");
    leaf("for data only", {.usage = "critical,dataEncipherment"}, "unsuitable certificate purpose");
    leaf("SHA-1", {.digest = EVP_sha1()}, "digest algorithm too weak");
    leaf("RSA of 1024 bits", {.key = make_key("RSA-1024")}, "too weak");
    leaf("unknown critical extension", {.unknown_critical = true}, "unhandled critical extension");
    leaf("signed by another key", {.signed_by = make_key()}, "signature failure");
    recipe twice;
    twice.more.emplace_back(NID_basic_constraints, "critical,CA:FALSE");
    leaf("an extension twice", twice, "");
    std::string crowd = "DNS:api.provider.test";
    for (int i = 0; i < 8000; ++i)
        crowd += ",DNS:h" + std::to_string(i) + ".x.test";
    leaf("a certificate of 150 KB", {.names = crowd}, "excessive message size");
    const auto& by_rsa = make({.common_name = "R", .issuer = &root, .authority = true, .key = make_key("RSA-2048")});
    bad.push_back({"MD5", careless_context(make({.issuer = &by_rsa, .digest = EVP_md5()}), {&by_rsa}), "too weak"});
    for (const char* curve : {"P-192", "secp256k1", "brainpoolP256r1"})
        leaf(std::string("the curve ") + curve, {.key = make_key(curve)}, "");
    refuse_all(std::move(bad), 20);
}

BOOST_AUTO_TEST_CASE(n05_unsound_chains_see_no_byte_of_a_request)
{
    std::vector<offer> bad;
    const std::string name_it = "name its authority with ca_file";
    bad.push_back({"self-signed", careless_context(make_alone({.common_name = host}), {}), name_it});
    const auto& stranger = make_alone({.common_name = "Evil Root", .authority = true});
    bad.push_back(
        {"unknown authority", careless_context(make({.issuer = &stranger}), {&stranger}), "\"Evil Root\" is a root"});
    const auto& namesake = make_alone({.common_name = "Test Root", .authority = true});
    bad.push_back({"a false root of the same name", careless_context(make({.issuer = &namesake}), {&namesake}), ""});
    bad.push_back({"missing middle", careless_context(make({}), {}), name_it});
    bad.push_back({"the wrong middle",
                   careless_context(make({}), {&make({.common_name = "Other", .issuer = &root, .authority = true})}),
                   name_it});
    bad.push_back({"the authority itself", careless_context(middle, {}), "purpose"});
    bad.push_back({"a middle that the user named, without its root", served({}), "", host, &middle});

    auto trusted = [&](std::string what, recipe r, std::string says) {
        const auto& anchor = make_alone(r);
        bad.push_back(
            {std::move(what), careless_context(make({.issuer = &anchor}), {}), std::move(says), host, &anchor});
    };
    trusted("expired root", {.common_name = "Old", .authority = true, .from_days = -60, .until_days = -1},
            "\"Old\" expired on");
    trusted("future root", {.common_name = "New", .authority = true, .from_days = 5, .until_days = 60},
            "\"New\" is valid only from");
    trusted("root that is no authority", {.common_name = "Leaf"}, "signed by nobody but itself");
    trusted("root that may not sign", {.common_name = "Mute", .authority = true, .usage = "critical,digitalSignature"},
            "");
    trusted("root for clients", {.common_name = "Clients", .authority = true, .extended = "clientAuth"}, "purpose");
    trusted("root with RSA of 1024 bits", {.common_name = "Weak", .authority = true, .key = make_key("RSA-1024")},
            "too weak");
    trusted("root for nothing below it",
            {.common_name = "Short",
             .authority = true,
             .constraints = "critical,CA:TRUE,pathlen:0",
             .unknown_critical = true},
            "unhandled critical extension");

    auto under = [&](std::string what, recipe m, std::string says) {
        bad.push_back({std::move(what), below(m), std::move(says)});
    };
    under("expired middle", {.common_name = "M", .from_days = -60, .until_days = -1}, "\"M\" expired on");
    under("future middle", {.common_name = "M", .from_days = 5, .until_days = 60}, "\"M\" is valid only from");
    under("middle for clients", {.common_name = "M", .extended = "clientAuth"}, "purpose");
    under("middle without basic constraints", {.common_name = "M", .constraints = ""}, "invalid CA certificate");
    under("middle that says it is none", {.common_name = "M", .constraints = "critical,CA:FALSE"},
          "invalid CA certificate");
    under("middle that may not sign", {.common_name = "M", .usage = "critical,digitalSignature"}, "");
    under("middle with SHA-1", {.common_name = "M", .digest = EVP_sha1()}, "digest algorithm too weak");
    under("middle with RSA of 1024 bits", {.common_name = "M", .key = make_key("RSA-1024")}, "too weak");
    under("middle with an unknown critical extension", {.common_name = "M", .unknown_critical = true},
          "unhandled critical extension");
    under("middle signed by another key", {.common_name = "M", .signed_by = make_key()}, "signature failure");
    const auto& end = make({.common_name = "end"});
    bad.push_back(
        {"a leaf that signs", careless_context(make({.issuer = &end}), {&end, &middle}), "invalid CA certificate"});
    const auto& last =
        make({.common_name = "Last", .issuer = &root, .authority = true, .constraints = "critical,CA:TRUE,pathlen:0"});
    const auto& beyond = make({.common_name = "Beyond", .issuer = &last, .authority = true});
    bad.push_back({"longer than allowed", careless_context(make({.issuer = &beyond}), {&beyond, &last}),
                   "path length constraint exceeded"});
    bad.push_back({"seven deep", deep(7), ""});
    bad.push_back({"twelve deep", deep(12), ""});
    refuse_all(std::move(bad), 26);
}

BOOST_AUTO_TEST_CASE(no_name_of_a_certificate_can_write_on_a_terminal)
{
    auto x = buy_from({"escape", served({.names = raw_name("\x1b[31m\r\n.test")})});
    BOOST_TEST_REQUIRE(x.answer.has_error());
    for (const char c : x.answer.error().message)
        BOOST_TEST((static_cast<unsigned char>(c) >= 0x20 && c != 0x7f));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::http::testing
