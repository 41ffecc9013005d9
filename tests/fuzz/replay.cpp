// The corpus again, and what lies near it: every input that once made trouble, and samples of every format.
#include "fuzz/targets.hpp"

#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;

std::vector<std::string> corpus(std::string_view target)
{
    std::vector<std::string> out;
    for (const auto& file : fs::directory_iterator(fs::path(ULAK_SOURCE_DIR) / "tests/fuzz/corpus" / target)) {
        std::ifstream in(file.path(), std::ios::binary);
        out.emplace_back(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
    }
    return out;
}

} // namespace

BOOST_AUTO_TEST_SUITE(replay_)

BOOST_AUTO_TEST_CASE(no_input_of_the_corpus_and_nothing_near_it_breaks_a_law)
{
    std::size_t tried = 0;
    for (const auto& target : ulak::fuzz::targets()) {
        const auto all = corpus(target.name);
        BOOST_TEST(!all.empty(), target.name);
        for (const auto& one : all) {
            target.run(one);
            const std::size_t step = one.size() / 10 + 1;
            for (std::size_t at = 0; at < one.size(); at += step, tried += 3) {
                auto other = one;
                other[at] = static_cast<char>(other[at] ^ 0x20);
                target.run(other);
                target.run(one.substr(0, at));
                target.run(one.substr(0, at) + one.substr(at + 1));
            }
        }
    }
    BOOST_TEST_MESSAGE(tried << " inputs");
    BOOST_TEST(tried > 1000u);
}

BOOST_AUTO_TEST_SUITE_END()
