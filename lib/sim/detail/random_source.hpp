// Random numbers, codes and ids that come out the same for the same seed.
#pragma once

#include <cstdint>
#include <random>
#include <string>

namespace ulak::sim {

/// One generator for the whole world, so that one seed decides everything.
class random_source {
  public:
    explicit random_source(std::uint64_t seed) : engine_(seed) {}

    /// From 0 to below - 1. The distribution is not quite even, which does not matter here.
    std::uint64_t pick(std::uint64_t below) { return engine_() % below; }

    /// So many decimal digits; the first may be zero.
    std::string digits(int count);

  private:
    std::mt19937_64 engine_; ///< the standard fixes its output, unlike that of the distributions
};

/// Ids as providers give them: growing, with gaps, as other customers order too.
class id_sequence {
  public:
    /// The first id is above `first`. The source must outlive the sequence.
    id_sequence(std::uint64_t first, random_source& source) : last_(first), source_(&source) {}

    std::uint64_t next() { return last_ += 1 + source_->pick(5); }

  private:
    std::uint64_t last_;
    random_source* source_;
};

} // namespace ulak::sim
