#include "textflag.h"

// Almost Montgomery multiplication of 40 limbs of 52 bits with AVX-512 IFMA, one
// product or two at a time. Operands and results are below 2p.
//
// The accumulator T is 40 lanes of 64 bits in five registers, each lane holding a limb
// with room for carries. Each round takes one limb of x:
//
//	m = (T[0] + (x[i]*y)[0]) * k mod 2^52
//	T = (T + x[i]*y + m*p) / 2^52
//
// VPMADD52LUQ adds the low 52 bits of the 104-bit products of lanes, VPMADD52HUQ the
// high 52 bits, which belong one lane up; so T moves down one lane between the low
// halves and the high ones. A lane takes in four numbers below 2^52 a round on its
// way down 40 lanes, hence stays below 2^60.
//
// The lowest limb is kept once more, exactly, in a scalar register: m comes from there
// without waiting for the vectors. Lane 0 of T is therefore wrong after the first
// round and is replaced at the end.
//
// One product waits for m most of the time: 40 rounds, each as long as a chain of
// dependent instructions. Two products interleaved keep the multipliers busy, at
// little more than the price of one.

// LOW does the scalar work of a round and adds the low halves. digits points to x[i];
// low is the exact lowest limb; y0 is y[0]; p0, the k in AX and the mask in BX are
// shared by the streams. It clobbers DX, R8, R9.
#define LOW(digits, low, y0, X, M, T0, T1, T2, T3, T4, Y0, Y1, Y2, Y3, Y4) \
	MOVQ  (digits), DX;         \
	VPBROADCASTQ (digits), X;   \
	MULXQ y0, R8, R9;           \
	ADDQ  R8, low;              \
	ADCQ  $0, R9;               \
	MOVQ  low, DX;              \
	IMULQ AX, DX;               \
	ANDQ  BX, DX;               \
	VPBROADCASTQ DX, M;         \
	MULXQ R10, R8, DX;          \
	ADDQ  R8, low;              \
	ADCQ  DX, R9;               \
	SHRQ  $52, R9, low;         \
	VPMADD52LUQ X, Y0, T0;      \
	VPMADD52LUQ X, Y1, T1;      \
	VPMADD52LUQ X, Y2, T2;      \
	VPMADD52LUQ X, Y3, T3;      \
	VPMADD52LUQ X, Y4, T4;      \
	VPMADD52LUQ M, Z20, T0;     \
	VPMADD52LUQ M, Z21, T1;     \
	VPMADD52LUQ M, Z22, T2;     \
	VPMADD52LUQ M, Z23, T3;     \
	VPMADD52LUQ M, Z24, T4

// HIGH moves T down one lane, adds what is now the lowest lane to the exact limb, and
// adds the high halves. L0 is the low part of T0. It clobbers R8.
#define HIGH(low, L0, X, M, T0, T1, T2, T3, T4, Y0, Y1, Y2, Y3, Y4) \
	VALIGNQ $1, T0, T1, T0;     \
	VMOVQ L0, R8;               \
	ADDQ  R8, low;              \
	VALIGNQ $1, T1, T2, T1;     \
	VALIGNQ $1, T2, T3, T2;     \
	VALIGNQ $1, T3, T4, T3;     \
	VALIGNQ $1, T4, Z31, T4;    \
	VPMADD52HUQ X, Y0, T0;      \
	VPMADD52HUQ X, Y1, T1;      \
	VPMADD52HUQ X, Y2, T2;      \
	VPMADD52HUQ X, Y3, T3;      \
	VPMADD52HUQ X, Y4, T4;      \
	VPMADD52HUQ M, Z20, T0;     \
	VPMADD52HUQ M, Z21, T1;     \
	VPMADD52HUQ M, Z22, T2;     \
	VPMADD52HUQ M, Z23, T3;     \
	VPMADD52HUQ M, Z24, T4

#define LOAD(ptr, V0, V1, V2, V3, V4) \
	VMOVDQU64 0(ptr), V0;   \
	VMOVDQU64 64(ptr), V1;  \
	VMOVDQU64 128(ptr), V2; \
	VMOVDQU64 192(ptr), V3; \
	VMOVDQU64 256(ptr), V4

#define STORE(ptr, V0, V1, V2, V3, V4) \
	VMOVDQU64 V0, 0(ptr);   \
	VMOVDQU64 V1, 64(ptr);  \
	VMOVDQU64 V2, 128(ptr); \
	VMOVDQU64 V3, 192(ptr); \
	VMOVDQU64 V4, 256(ptr)

#define CLEAR(V0, V1, V2, V3, V4) \
	VPXORQ V0, V0, V0; \
	VPXORQ V1, V1, V1; \
	VPXORQ V2, V2, V2; \
	VPXORQ V3, V3, V3; \
	VPXORQ V4, V4, V4

// TAKE splits T into its carries C, moved up one lane, and the 52 bits that stay, and
// adds the two. Z30 is 2^52-1 in every lane.
#define TAKE(T0, T1, T2, T3, T4, C0, C1, C2, C3, C4) \
	VPSRLQ $52, T0, C0; \
	VPSRLQ $52, T1, C1; \
	VPSRLQ $52, T2, C2; \
	VPSRLQ $52, T3, C3; \
	VPSRLQ $52, T4, C4; \
	VPANDQ Z30, T0, T0; \
	VPANDQ Z30, T1, T1; \
	VPANDQ Z30, T2, T2; \
	VPANDQ Z30, T3, T3; \
	VPANDQ Z30, T4, T4; \
	VALIGNQ $7, C3, C4, C4; \
	VALIGNQ $7, C2, C3, C3; \
	VALIGNQ $7, C1, C2, C2; \
	VALIGNQ $7, C0, C1, C1; \
	VALIGNQ $7, Z31, C0, C0; \
	VPADDQ C0, T0, T0; \
	VPADDQ C1, T1, T1; \
	VPADDQ C2, T2, T2; \
	VPADDQ C3, T3, T3; \
	VPADDQ C4, T4, T4

// GATHER sets bit j of out where lane j compares with 2^52-1 as the predicate says:
// 6 is greater, 0 is equal. It clobbers K1-K5 and DX.
#define GATHER(predicate, out, T0, T1, T2, T3, T4) \
	VPCMPUQ $predicate, Z30, T0, K1; \
	VPCMPUQ $predicate, Z30, T1, K2; \
	VPCMPUQ $predicate, Z30, T2, K3; \
	VPCMPUQ $predicate, Z30, T3, K4; \
	VPCMPUQ $predicate, Z30, T4, K5; \
	KUNPCKBW K1, K2, K1;  \
	KUNPCKBW K3, K4, K3;  \
	KUNPCKWD K1, K3, K1;  \
	KMOVD K1, out;        \
	KMOVB K5, DX;         \
	SHLQ $32, DX;         \
	ORQ  DX, out

// RIPPLE carries what TAKE left: a lane above 2^52-1 sends one carry up, and a lane
// equal to it hands on the carry it gets. Adding the senders, one lane up, to the mask
// of the equal lanes lets an ordinary addition find how far each carry goes.
#define RIPPLE(T0, T1, T2, T3, T4) \
	GATHER(6, R8, T0, T1, T2, T3, T4); \
	GATHER(0, R9, T0, T1, T2, T3, T4); \
	LEAQ (R9)(R8*2), R8;    \
	XORQ R9, R8;            \
	KMOVB R8, K1;           \
	SHRQ $8, R8;            \
	KMOVB R8, K2;           \
	SHRQ $8, R8;            \
	KMOVB R8, K3;           \
	SHRQ $8, R8;            \
	KMOVB R8, K4;           \
	SHRQ $8, R8;            \
	KMOVB R8, K5;           \
	VPSUBQ Z30, T0, K1, T0; \
	VPSUBQ Z30, T1, K2, T1; \
	VPSUBQ Z30, T2, K3, T2; \
	VPSUBQ Z30, T3, K4, T3; \
	VPSUBQ Z30, T4, K5, T4; \
	VPANDQ Z30, T0, T0;     \
	VPANDQ Z30, T1, T1;     \
	VPANDQ Z30, T2, T2;     \
	VPANDQ Z30, T3, T3;     \
	VPANDQ Z30, T4, T4

// func mulIFMA(z, x, y, p *Nat, k uint64)
TEXT ·mulIFMA(SB), NOSPLIT, $0-40
	MOVQ x+8(FP), R13
	MOVQ y+16(FP), SI
	MOVQ p+24(FP), R12
	MOVQ k+32(FP), AX
	MOVQ $0x000fffffffffffff, BX
	VPBROADCASTQ BX, Z30
	VPXORQ Z31, Z31, Z31
	LOAD(SI, Z10, Z11, Z12, Z13, Z14)
	LOAD(R12, Z20, Z21, Z22, Z23, Z24)
	CLEAR(Z0, Z1, Z2, Z3, Z4)
	MOVQ (R12), R10
	MOVQ (SI), R11
	XORQ DI, DI
	MOVQ $40, CX

one:
	LOW(R13, DI, R11, Z25, Z26, Z0, Z1, Z2, Z3, Z4, Z10, Z11, Z12, Z13, Z14)
	HIGH(DI, X0, Z25, Z26, Z0, Z1, Z2, Z3, Z4, Z10, Z11, Z12, Z13, Z14)
	ADDQ $8, R13
	DECQ CX
	JNZ  one

	MOVQ $1, DX
	KMOVB DX, K1
	VPBROADCASTQ DI, K1, Z0
	TAKE(Z0, Z1, Z2, Z3, Z4, Z10, Z11, Z12, Z13, Z14)
	RIPPLE(Z0, Z1, Z2, Z3, Z4)
	MOVQ z+0(FP), DI
	STORE(DI, Z0, Z1, Z2, Z3, Z4)
	VZEROUPPER
	RET

// func mul2IFMA(z, x, y, z2, x2, y2, p *Nat, k uint64)
//
// The second product is computed from what its operands hold before the first result
// is stored.
TEXT ·mul2IFMA(SB), NOSPLIT, $0-64
	MOVQ x+8(FP), R13
	MOVQ y+16(FP), SI
	MOVQ x2+32(FP), R14
	MOVQ y2+40(FP), R15
	MOVQ p+48(FP), R12
	MOVQ k+56(FP), AX
	MOVQ $0x000fffffffffffff, BX
	VPBROADCASTQ BX, Z30
	VPXORQ Z31, Z31, Z31
	LOAD(SI, Z10, Z11, Z12, Z13, Z14)
	LOAD(R15, Z15, Z16, Z17, Z18, Z19)
	LOAD(R12, Z20, Z21, Z22, Z23, Z24)
	CLEAR(Z0, Z1, Z2, Z3, Z4)
	CLEAR(Z5, Z6, Z7, Z8, Z9)
	MOVQ (R12), R10
	MOVQ (SI), R11
	MOVQ (R15), R15
	XORQ DI, DI
	XORQ SI, SI
	MOVQ $40, CX

two:
	LOW(R13, DI, R11, Z25, Z26, Z0, Z1, Z2, Z3, Z4, Z10, Z11, Z12, Z13, Z14)
	LOW(R14, SI, R15, Z27, Z28, Z5, Z6, Z7, Z8, Z9, Z15, Z16, Z17, Z18, Z19)
	HIGH(DI, X0, Z25, Z26, Z0, Z1, Z2, Z3, Z4, Z10, Z11, Z12, Z13, Z14)
	HIGH(SI, X5, Z27, Z28, Z5, Z6, Z7, Z8, Z9, Z15, Z16, Z17, Z18, Z19)
	ADDQ $8, R13
	ADDQ $8, R14
	DECQ CX
	JNZ  two

	MOVQ $1, DX
	KMOVB DX, K1
	VPBROADCASTQ DI, K1, Z0
	VPBROADCASTQ SI, K1, Z5
	TAKE(Z0, Z1, Z2, Z3, Z4, Z10, Z11, Z12, Z13, Z14)
	TAKE(Z5, Z6, Z7, Z8, Z9, Z15, Z16, Z17, Z18, Z19)
	RIPPLE(Z0, Z1, Z2, Z3, Z4)
	RIPPLE(Z5, Z6, Z7, Z8, Z9)
	MOVQ z+0(FP), DI
	STORE(DI, Z0, Z1, Z2, Z3, Z4)
	MOVQ z2+24(FP), DI
	STORE(DI, Z5, Z6, Z7, Z8, Z9)
	VZEROUPPER
	RET
