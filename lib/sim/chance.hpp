// Random numbers, codes and ids that come out the same for the same seed.
#pragma once

#include <cstdint>
#include <random>
#include <string>

namespace ulak::sim {

class chance {
  public:
    explicit chance(std::uint64_t seed) : engine_(seed) {}

    /// 0 … below - 1. Not quite even, which nobody will notice.
    std::uint64_t pick(std::uint64_t below) { return engine_() % below; }

    std::string digits(int count)
    {
        std::string out;
        for (int i = 0; i < count; ++i)
            out += static_cast<char>('0' + pick(10));
        return out;
    }

  private:
    std::mt19937_64 engine_; ///< the standard fixes its output, unlike that of the distributions
};

/// Ids as providers give them: growing, with gaps, as other customers order too.
class id_source {
  public:
    id_source(std::uint64_t first, chance& random) : next_(first), random_(&random) {}

    std::uint64_t take() { return next_ += 1 + random_->pick(5); }

  private:
    std::uint64_t next_;
    chance* random_;
};

} // namespace ulak::sim
