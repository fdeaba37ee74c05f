// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <libdeflate.h>

#include <cstdint>
#include <string_view>
#include <vector>

/// How entities fall into buckets: CRC-32 (IEEE) over the bytes of flag key and entity, which a
/// variant flag and a threshold join in opposite orders (Flipt: evaluation.go:crc32Num, boolean).
namespace edgewise::evaluation {

/// 0 to 999. `flagChecksum` is the CRC-32 of the flag's key.
inline int variantBucket(std::uint32_t flagChecksum, std::string_view entity)
{
    return int(libdeflate_crc32(flagChecksum, entity.data(), entity.size()) % 1000);
}

/// 0 to 99.
inline int thresholdBucket(std::string_view entity, std::string_view flagKey)
{
    const std::uint32_t checksum = libdeflate_crc32(0, entity.data(), entity.size());
    return int(libdeflate_crc32(checksum, flagKey.data(), flagKey.size()) % 100);
}

/// Index of the distribution that gets the bucket; the number of ends when none does. Searches as
/// Go's sort.SearchInts, so that ends which an overflow put out of order answer alike.
inline size_t distributionOf(const std::vector<std::int64_t> &ends, int bucket)
{
    size_t low = 0;
    size_t high = ends.size();
    while (low < high) {
        const size_t middle = (low + high) / 2;
        if (ends[middle] < bucket + 1)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

} // namespace edgewise::evaluation
