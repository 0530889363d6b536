package dev.ratchet.service.api;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import dev.ratchet.document.Money;
import java.io.IOException;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** An amount as {@code {"amount": 0.005, "currency": "USD"}}: a plain decimal number without trailing zeros. */
public record MoneyBody(@JsonSerialize(using = Plain.class) BigDecimal amount, String currency) {
    static @Nullable MoneyBody of(@Nullable Money money) {
        return money == null ? null : new MoneyBody(money.amount(), money.currency());
    }

    /** Never 5E-7: readers that know only digits and a point read it too. */
    static final class Plain extends StdSerializer<BigDecimal> {
        private static final long serialVersionUID = 1L;

        Plain() {
            super(BigDecimal.class);
        }

        @Override
        public void serialize(BigDecimal value, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeNumber(
                    value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString());
        }
    }
}
