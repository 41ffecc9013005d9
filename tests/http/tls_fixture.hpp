// A client with money to spend and servers that may not be what they should be.
#pragma once

#include "http/client_fixture.hpp"
#include "http/forged.hpp"

#include <boost/test/unit_test.hpp>

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace ulak::http::testing {

/// One server, and the name under which the client looks for it. `says`: what the refusal must contain.
struct offer {
    std::string what;
    openssl_ptr<SSL_CTX> context;
    std::string says{};
    std::string host = "api.provider.test";
    const forged* root = nullptr; ///< instead of the usual one
};

struct tls_fixture : client_fixture {
    forged root = forge({.common_name = "Test Root", .authority = true, .until_days = 3650});
    forged middle = forge({.common_name = "Test Middle", .issuer = &root, .authority = true});
    std::vector<std::unique_ptr<forged>> kept;

    const forged& make(recipe r)
    {
        if (r.issuer == nullptr)
            r.issuer = &middle;
        return make_alone(r);
    }

    const forged& make_alone(const recipe& r)
    {
        kept.push_back(std::make_unique<forged>(forge(r)));
        return *kept.back();
    }

    openssl_ptr<SSL_CTX> served(recipe r) { return careless_context(make(std::move(r)), {&middle}); }

    /// A leaf below another middle.
    openssl_ptr<SSL_CTX> below(const recipe& of_middle, recipe of_leaf = {})
    {
        recipe m = of_middle;
        if (m.issuer == nullptr)
            m.issuer = &root;
        m.authority = true;
        const auto& other = make(m);
        of_leaf.issuer = &other;
        return careless_context(make(of_leaf), {&other});
    }

    /// A leaf `depth` authorities below the root.
    openssl_ptr<SSL_CTX> deep(int depth)
    {
        std::vector<const forged*> chain{&root};
        for (int i = 0; i < depth; ++i)
            chain.insert(chain.begin(),
                         &make({.common_name = "D" + std::to_string(i), .issuer = chain.front(), .authority = true}));
        const auto* deepest = chain.front();
        return careless_context(make({.issuer = deepest}), chain);
    }

    /// A sound certificate behind a protocol that may not be.
    openssl_ptr<SSL_CTX> speaking(const std::string& key, int version, const char* ciphers = nullptr)
    {
        auto out = served({.key = make_key(key)});
        SSL_CTX_set_min_proto_version(out.get(), 0);
        SSL_CTX_set_max_proto_version(out.get(), version);
        if (ciphers != nullptr)
            SSL_CTX_set_cipher_list(out.get(), ciphers);
        return out;
    }

    exchange buy_from(offer o)
    {
        web.reset();
        provider = std::make_unique<scripted_server>(ex, std::move(o.context), [](scripted_peer& peer, int) -> task<> {
            co_await peer.hear("}");
            co_await peer.say(good_answer);
        });
        names->known[o.host] = {"127.0.0.1"};
        auto s = settings(o.host);
        s.ca_file = folder.write("root.pem", (o.root == nullptr ? root : *o.root).pem());
        use(std::move(s));
        return ask(purchase(), costly());
    }

    /// Each is refused before any byte of a request, in words of its own.
    void refuse_all(std::vector<offer> bad, std::size_t at_least)
    {
        BOOST_TEST(bad.size() >= at_least);
        BOOST_TEST_MESSAGE(bad.size() << " bad servers");
        for (auto& o : bad) {
            const auto what = o.what, says = o.says;
            auto x = buy_from(std::move(o));
            turn();
            BOOST_TEST_CONTEXT(what)
            {
                BOOST_TEST(provider->connections() == 1);
                BOOST_TEST(provider->seen() == "");
                BOOST_TEST(provider->behind_refusal() == 0u);
                BOOST_TEST_REQUIRE(x.answer.has_error());
                const error why = x.answer.error();
                BOOST_TEST(why.code == errc::tls_failed);
                BOOST_TEST(why.message.find(says) != std::string::npos, "\"" << why.message << "\" lacks " << says);
                BOOST_TEST(why.message.find("unknown reason") == std::string::npos);
                BOOST_TEST(why.how_far == reach::not_sent);
                BOOST_TEST(!x.trace.handed_to_tls);
                BOOST_TEST(x.trace.reached == phase::tls);
            }
        }
    }

    void accept_all(std::vector<offer> good, std::size_t at_least)
    {
        BOOST_TEST(good.size() >= at_least);
        BOOST_TEST_MESSAGE(good.size() << " good servers");
        for (auto& o : good) {
            const auto what = o.what;
            auto x = buy_from(std::move(o));
            BOOST_TEST(x.answer.has_value(), what << (x.answer ? "" : ": " + x.answer.error().message));
        }
    }
};

} // namespace ulak::http::testing
