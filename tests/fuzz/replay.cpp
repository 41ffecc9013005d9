// The corpus again, and what lies near it: every input that once made trouble, and samples of every format. It needs no
// fuzzer, so no target and no law can rot unseen.
#include "fuzz/mutations.hpp"
#include "fuzz/targets.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

BOOST_AUTO_TEST_SUITE(replay_)

namespace {

namespace fs = std::filesystem;

constexpr unsigned seed = 20261122;
constexpr int inputs_each = 400; ///< a few seconds under the sanitizers for all targets together

std::vector<std::string> corpus(std::string_view target)
{
    std::vector<std::string> out;
    for (const auto& file : fs::directory_iterator(fs::path(ULAK_SOURCE_DIR) / "tests/fuzz/corpus" / target)) {
        std::ifstream in(file.path(), std::ios::binary);
        out.emplace_back(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
    }
    std::sort(out.begin(), out.end()); // folders list their files in an order of their own
    return out;
}

} // namespace

BOOST_AUTO_TEST_CASE(no_input_of_the_corpus_breaks_a_law_whole_or_in_part)
{
    for (const auto& target : ulak::fuzz::targets()) {
        const auto all = corpus(target.name);
        BOOST_TEST(!all.empty(), target.name);
        for (const auto& one : all) {
            target.run(one);
            const std::size_t step = one.size() / 20 + 1;
            for (std::size_t at = 0; at < one.size(); at += step) {
                target.run(one.substr(0, at));
                target.run(one.substr(0, at) + one.substr(at + 1));
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(nothing_near_the_corpus_breaks_a_law)
{
    for (const auto& target : ulak::fuzz::targets()) {
        const auto all = corpus(target.name);
        ulak::fuzz::mutations near(all, seed);
        for (int i = 0; i < inputs_each; ++i)
            target.run(near.next());
    }
}

BOOST_AUTO_TEST_SUITE_END()
