//! The layers against the plainest way to write them.

use proptest::prelude::*;
use tameio_drivers::plate_reader::net::{Layer, Net, from_half, to_half};
use tameio_drivers::plate_reader::networks::{FINDER, READER};

/// One convolution, one point at a time, in the order the layers promise.
fn slow(layer: &Layer, picture: &[f32], extent: [usize; 2], weights: &[f32], bias: &[f32]) -> Vec<f32> {
    let [rows, columns] = layer.convolved(extent);
    let mut out = Vec::new();
    for y in 0..rows {
        for x in 0..columns {
            for channel in 0..layer.output {
                let mut sum = 0.0;
                let mut at = 0;
                for dy in 0..layer.kernel[0] {
                    for dx in 0..layer.kernel[1] {
                        let py = (y * layer.stride + dy * layer.dilation[0]) as isize - layer.pad[0] as isize;
                        let px = (x * layer.stride + dx * layer.dilation[1]) as isize - layer.pad[1] as isize;
                        for input in 0..layer.input {
                            let inside =
                                py >= 0 && px >= 0 && py < extent[0] as isize && px < extent[1] as isize;
                            let value = if inside {
                                picture[(py as usize * extent[1] + px as usize) * layer.input + input]
                            } else {
                                0.0
                            };
                            sum += value * weights[at * layer.output + channel];
                            at += 1;
                        }
                    }
                }
                sum += bias[channel];
                out.push(if layer.relu { sum.max(0.0) } else { sum });
            }
        }
    }
    pooled(layer, &out, [rows, columns])
}

fn pooled(layer: &Layer, picture: &[f32], extent: [usize; 2]) -> Vec<f32> {
    let [height, width] = [extent[0] / layer.pool[0], extent[1] / layer.pool[1]];
    let mut out = Vec::new();
    for y in 0..height {
        for x in 0..width {
            for channel in 0..layer.output {
                let taps = (0..layer.pool[0] * layer.pool[1]).map(|tap| {
                    let (dy, dx) = (tap / layer.pool[1], tap % layer.pool[1]);
                    let at = (y * layer.pool[0] + dy) * extent[1] + x * layer.pool[1] + dx;
                    picture[at * layer.output + channel]
                });
                out.push(taps.fold(f32::NEG_INFINITY, f32::max));
            }
        }
    }
    out
}

/// Numbers that look like chance and survive being kept in 16 bits.
fn numbers(seed: u32, count: usize) -> Vec<f32> {
    let mut state = seed | 1;
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        from_half(to_half((state >> 8) as f32 / 8_388_608.0 - 1.0))
    };
    (0..count).map(|_| next()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn a_layer_gives_the_same_bits_as_the_slow_way(
        kernel in (1usize..5, 1usize..6), stride in 1usize..3, dilation in (1usize..3, 1usize..3),
        pad in (0usize..3, 0usize..5), input in 1usize..6, output in 1usize..40, relu in any::<bool>(),
        pool in (1usize..3, 1usize..3), extent in (1usize..14, 1usize..20), seed in any::<u32>(),
    ) {
        let layer = Layer {
            kernel: [kernel.0, kernel.1], stride, dilation: [dilation.0, dilation.1], pad: [pad.0, pad.1],
            input, output, relu, pool: [pool.0, pool.1],
        };
        let extent = [extent.0, extent.1];
        let picture = numbers(seed, extent[0] * extent[1] * input);
        let weights = numbers(seed ^ 1, layer.depth() * output);
        let bias = numbers(seed ^ 2, output);
        let bytes: Vec<u8> = weights.iter().chain(&bias).flat_map(|value| to_half(*value).to_le_bytes()).collect();
        let net = Net::new(&[layer], &bytes).unwrap_or_else(|fault| panic!("{fault}"));
        let (out, size) = net.run(&picture, extent);
        let wanted = slow(&layer, &picture, extent, &weights, &bias);
        prop_assert_eq!(size, layer.extent(extent));
        prop_assert_eq!(
            out.iter().map(|value| value.to_bits()).collect::<Vec<_>>(),
            wanted.iter().map(|value| value.to_bits()).collect::<Vec<_>>()
        );
    }

    #[test]
    fn a_16_bit_float_is_the_nearest(value in -60_000f32..60_000.0) {
        let back = from_half(to_half(value));
        prop_assert!((back - value).abs() <= value.abs() / 2048.0 + 6.2e-5, "{value} came back as {back}");
        prop_assert_eq!(to_half(back), to_half(value));
    }
}

#[test]
fn weights_of_another_network_are_refused() {
    let said = Net::new(&READER, &[0; 10]).err().map(|fault| fault.to_string()).unwrap_or_default();
    assert!(said.contains("10 bytes instead of"), "{said}");
}

#[test]
fn the_networks_fit_together_and_their_weights_are_small() {
    for layers in [&READER[..], &FINDER] {
        for pair in layers.windows(2) {
            assert_eq!(pair[0].output, pair[1].input);
        }
    }
    let bytes =
        |layers: &[Layer]| layers.iter().map(|layer| 2 * (layer.depth() + 1) * layer.output).sum::<usize>();
    let all = bytes(&READER) + bytes(&FINDER);
    assert!(all <= 2_000_000, "{all} bytes of weights");
}
