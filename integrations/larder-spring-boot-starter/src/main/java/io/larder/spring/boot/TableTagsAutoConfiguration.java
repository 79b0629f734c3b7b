package io.larder.spring.boot;

import io.larder.spring.LarderCaches;
import io.larder.spring.TableTags;
import io.larder.spring.TransactionTiming;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Role;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Watches all data sources for writes, with {@code larder.table-tags.enabled=true}. */
@AutoConfiguration(after = LarderAutoConfiguration.class)
@ConditionalOnClass(DelegatingDataSource.class)
@ConditionalOnBooleanProperty("larder.table-tags.enabled")
public final class TableTagsAutoConfiguration {

    /** Makes one. */
    public TableTagsAutoConfiguration() {}

    /** Returns what removes entries by table. */
    @Bean
    TableTags larderTableTags(LarderCaches caches, TransactionTiming timing, LarderProperties properties) {
        TableTags tags = new TableTags(caches, timing);
        properties.tableTags().cascade().forEach((table, others) -> tags.cascade(table, others.toArray(String[]::new)));
        return tags;
    }

    /** Puts it around data sources, which may be there before it is. */
    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static BeanPostProcessor larderTableTagsPostProcessor(ObjectProvider<TableTags> tags) {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                return bean instanceof DataSource source ? tags.getObject().watch(source) : bean;
            }
        };
    }
}
